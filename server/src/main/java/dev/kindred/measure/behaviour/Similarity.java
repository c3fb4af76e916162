package dev.kindred.measure.behaviour;

import dev.kindred.measure.behaviour.SimilarUser.GenreTerm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Finds who is like a user: 0.7 times the overlap of the titles, and 0.3 times that of the genres.
 *
 * <p>Candidates come from the lists of users that each title has, those who share most first. A
 * user with a very long history is looked up by the titles that fewest others have, until so many
 * places of lists are read; what is shared is counted exactly for whoever is a candidate.
 */
final class Similarity {

  /** So many are compared in full. */
  static final int CANDIDATES_MAX = 2_000;

  /** So many places in the lists of titles are read. */
  static final long PLACES_MAX = 4_000_000;

  private static final double TITLES = 0.7;
  private static final double GENRES = 0.3;
  private static final int INTERESTS_MAX = 5;

  /** Somebody found, by index. */
  record Found(int user, int number, double similarity, int shared) {}

  private record Candidate(UserHistory user, int shared) {}

  private final TenantBehaviour tenant;
  private final UserHistory user;

  Similarity(TenantBehaviour tenant, UserHistory user) {
    this.tenant = tenant;
    this.user = user;
  }

  /** The best first; equals by number. */
  List<Found> best(GenreTerm term, int limit) {
    GenreVector own = vector(user);
    var found = new ArrayList<Found>();
    for (Candidate candidate : candidates()) {
      int either = user.shared + candidate.user.shared - candidate.shared;
      double titles = (double) candidate.shared / either;
      GenreVector other = vector(candidate.user);
      double genres =
          term == GenreTerm.COSINE
              ? GenreVector.cosine(own, other)
              : GenreVector.jaccard(own, other);
      found.add(
          new Found(
              candidate.user.index,
              candidate.user.number,
              TITLES * titles + GENRES * genres,
              candidate.shared));
    }
    found.sort(
        Comparator.comparingDouble(Found::similarity).reversed().thenComparingInt(Found::number));
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  /** What both like most, by the smaller of the two weights. */
  List<String> commonInterests(int otherIndex) {
    UserHistory other = tenant.users.at(otherIndex);
    if (other == null) return List.of();
    GenreVector own = vector(user);
    GenreVector others = vector(other);
    record Common(String genre, long weight) {}
    var common = new ArrayList<Common>();
    for (int i = 0; i < own.genres().length; i++) {
      long weight = Math.min(own.weights()[i], others.weight(own.genres()[i]));
      if (weight > 0) common.add(new Common(tenant.genres.name(own.genres()[i]), weight));
    }
    common.sort(Comparator.comparingLong(Common::weight).reversed().thenComparing(Common::genre));
    return common.stream().limit(INTERESTS_MAX).map(Common::genre).toList();
  }

  private GenreVector vector(UserHistory whose) {
    GenreVector known = whose.vector;
    if (known != null && known.meaning() == tenant.meaning()) return known;
    GenreVector made = GenreVector.of(whose, tenant, false);
    whose.vector = made;
    return made;
  }

  private List<Candidate> candidates() {
    Title[] titles = sharedTitles();
    int[] shared = new int[tenant.users.count()];
    long places = 0;
    int read = 0;
    while (read < titles.length && places + titles[read].userCount() <= PLACES_MAX) {
      Title title = titles[read++];
      places += title.userCount();
      for (int i = 0; i < title.userCount(); i++) shared[title.user(i)]++;
    }
    var candidates = new ArrayList<Candidate>();
    for (int index : mostShared(shared)) {
      UserHistory other = tenant.users.at(index);
      if (other == null) continue;
      int rest = 0;
      for (int i = read; i < titles.length; i++) {
        if (tenant.types.isShared(other, titles[i].index)) rest++;
      }
      candidates.add(new Candidate(other, shared[index] + rest));
    }
    return candidates;
  }

  /** The titles that count for the user, those with the fewest users first. */
  private Title[] sharedTitles() {
    var seen = new BitSet(tenant.titles.count());
    for (int row = 0; row < user.rows(); row++) {
      long key = user.keyOf(row);
      int type = RowKey.type(key);
      if (type == RowKey.TAKEN_IN || RowKey.isOfExperiment(key)) continue;
      if (tenant.types.role(type).isShared) seen.set(RowKey.title(key));
    }
    Title[] titles =
        seen.stream()
            .mapToObj(tenant.titles::at)
            .filter(title -> !title.isDeleted)
            .toArray(Title[]::new);
    Arrays.sort(titles, Comparator.comparingInt(Title::userCount).thenComparingInt(t -> t.number));
    return titles;
  }

  /** The indexes of those who share most; of equals those with the smaller numbers. */
  private int[] mostShared(int[] shared) {
    shared[user.index] = 0;
    int most = Arrays.stream(shared).max().orElse(0);
    int[] byShared = new int[most + 1];
    for (int count : shared) byShared[count]++;
    int least = most;
    int taken = 0;
    while (least > 0 && taken + byShared[least] <= CANDIDATES_MAX) taken += byShared[least--];
    List<UserHistory> atLeast = new ArrayList<>();
    int size = 0;
    int[] found = new int[CANDIDATES_MAX];
    for (int index = 0; index < shared.length; index++) {
      UserHistory other = shared[index] == 0 ? null : tenant.users.at(index);
      if (other == null) continue;
      if (shared[index] > least) found[size++] = index;
      else if (shared[index] == least) atLeast.add(other);
    }
    atLeast.sort(Comparator.comparingInt(other -> other.number));
    for (UserHistory other : atLeast) {
      if (size == CANDIDATES_MAX) break;
      found[size++] = other.index;
    }
    return Arrays.copyOf(found, size);
  }
}
