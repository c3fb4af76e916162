package dev.kindred.learn;

import dev.kindred.checkpoint.Input;
import dev.kindred.checkpoint.Piece;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Segments} of a tenant's shelves in step with what happens. Deeds are counted
 * when they happen, under what their users are then, and move when something else is said of their
 * users. {@link #recount} counts all of them anew, because deeds grow old; readers see the old
 * counts until the new ones are whole.
 *
 * <p>Changed by {@link LiveTenant} alone, under its lock.
 */
final class SegmentKeeper {

  /** Nobody reads while these are counted, which takes less than a millisecond. */
  private static final int USERS_AT_ONCE = 64;

  private final LiveTenant tenant;
  private final SegmentPlan plan;
  private final Map<Shelf, Segments> segments = new HashMap<>();
  private final Map<List<String>, List<String>> paths = new HashMap<>();

  /** By user; null where it has to be read from what is said of them. */
  private @Nullable List<String>[] pathOf = newPaths(16);

  private long newestMicros;
  private long moves;

  /** While counts are made anew: the users before this one, and what happened up to there. */
  private int recounted;

  private long recountedTo;

  /** What happens while counts are made anew; null when nobody counts. */
  private @Nullable List<Late> late;

  private record Late(Shelf shelf, List<String> path, int item, double weight) {}

  SegmentKeeper(LiveTenant tenant, SegmentPlan plan) {
    this.tenant = tenant;
    this.plan = plan;
  }

  SegmentPlan plan() {
    return plan;
  }

  Segments of(Shelf shelf) {
    Segments known = segments.get(shelf);
    return known == null ? new Segments() : known;
  }

  void happened(Shelf shelf, int item, int user, int type, float weight, long atMicros) {
    newestMicros = Math.max(newestMicros, atMicros);
    count(shelf, item, path(user), worth(type, weight, atMicros, newestMicros));
  }

  void takenBack(Shelf shelf, int item, int user, int type, float weight, long atMicros) {
    count(shelf, item, path(user), -worth(type, weight, atMicros, newestMicros));
  }

  /** Something else is said of a user from now on, so what the user did counts elsewhere. */
  void changed(int user) {
    List<String> before = user < pathOf.length ? pathOf[user] : null;
    if (before == null) return;
    pathOf[user] = null;
    List<String> after = path(user);
    if (before.equals(after)) return;
    Deeds deeds = tenant.deeds(user);
    for (int n = 0; n < deeds.size(); n++) {
      int entity = deeds.entity(n);
      double weight = worth(deeds.type(n), deeds.weight(n), deeds.atMicros(n), newestMicros);
      // What is yet to be counted anew is counted where it belongs from now on.
      boolean isLate = user < recounted || deeds.position(n) > recountedTo;
      tenant
          .shelfOf(entity)
          .ifPresent(
              shelf -> move(shelf, tenant.item(shelf, entity), before, after, weight, isLate));
    }
    moves++;
  }

  private void move(
      Shelf shelf, int item, List<String> from, List<String> to, double weight, boolean isLate) {
    Segments counts = segments.computeIfAbsent(shelf, _ -> new Segments());
    counts.add(from, item, -weight);
    counts.add(to, item, weight);
    if (late == null || !isLate) return;
    late.add(new Late(shelf, from, item, -weight));
    late.add(new Late(shelf, to, item, weight));
  }

  /** Grows when what was counted already counts elsewhere. */
  long moves() {
    return moves;
  }

  /** Those of all shelves, in their order, and where each user counts. */
  Piece capture(List<Shelf> shelves) {
    long newest = newestMicros;
    List<Piece> counts = shelves.stream().map(shelf -> of(shelf).capture()).toList();
    var numbers = new LinkedHashMap<List<String>, Integer>();
    int[] numberOf = new int[pathOf.length];
    for (int user = 0; user < numberOf.length; user++) {
      List<String> path = pathOf[user];
      int next = numbers.size();
      numberOf[user] = path == null ? -1 : numbers.computeIfAbsent(path, _ -> next);
    }
    return out -> {
      out.number(newest);
      for (Piece count : counts) count.write(out);
      out.number(numbers.size());
      for (List<String> path : numbers.keySet()) {
        out.number(path.size());
        for (String value : path) out.text(value);
      }
      out.ints(numberOf);
    };
  }

  /** Takes over what was captured. */
  void read(Input in, List<Shelf> shelves) throws IOException {
    newestMicros = in.longNumber();
    for (Shelf shelf : shelves) {
      var counted = new Segments();
      counted.read(in);
      segments.put(shelf, counted);
    }
    var known = new ArrayList<List<String>>();
    for (int left = in.number(); left > 0; left--) {
      var path = new ArrayList<String>();
      for (int values = in.number(); values > 0; values--) path.add(in.text());
      known.add(List.copyOf(path));
      paths.put(known.getLast(), known.getLast());
    }
    int[] numberOf = in.ints();
    pathOf = newPaths(numberOf.length);
    for (int user = 0; user < numberOf.length; user++) {
      if (numberOf[user] >= 0) pathOf[user] = known.get(numberOf[user]);
    }
  }

  private void count(Shelf shelf, int item, List<String> path, double weight) {
    segments.computeIfAbsent(shelf, _ -> new Segments()).add(path, item, weight);
    if (late != null) late.add(new Late(shelf, path, item, weight));
  }

  private double worth(int type, float own, long atMicros, long nowMicros) {
    float usual = Math.max(0, tenant.kinds().weight(type, own));
    return plan.counting().of(tenant.kinds().name(type), usual, Math.max(0, nowMicros - atMicros));
  }

  private List<String> path(int user) {
    if (user >= pathOf.length) {
      pathOf = Arrays.copyOf(pathOf, Math.max(user + 1, pathOf.length + (pathOf.length >> 1)));
    }
    List<String> known = pathOf[user];
    if (known != null) return known;
    Instant now = Instant.EPOCH.plusMillis(newestMicros / 1_000);
    List<String> path = plan.path(plan.values(tenant.userAttributes(user), now));
    List<String> one = paths.computeIfAbsent(path, same -> same);
    pathOf[user] = one;
    return one;
  }

  /** Counts everything anew; to be called from outside the lock, by one thread at a time. */
  void recount(long nowMicros, Runnable goOn) {
    long[] upTo = new long[1];
    tenant.change(() -> {
      late = new ArrayList<>();
      newestMicros = Math.max(newestMicros, nowMicros);
      Arrays.fill(pathOf, null);
      upTo[0] = tenant.position();
      recounted = 0;
      recountedTo = upTo[0];
    });
    var fresh = new HashMap<Shelf, Segments>();
    for (int from = 0, end = 1; from < end; from += USERS_AT_ONCE) {
      goOn.run();
      int first = from;
      int[] users = new int[1];
      tenant.change(() -> {
        users[0] = tenant.usersEnd();
        int last = Math.min(users[0], first + USERS_AT_ONCE);
        for (int user = first; user < last; user++) recount(user, upTo[0], nowMicros, fresh);
        recounted = last;
      });
      end = users[0];
    }
    tenant.change(() -> {
      List<Late> since = late == null ? List.of() : late;
      for (Late one : since) {
        fresh
            .computeIfAbsent(one.shelf(), _ -> new Segments())
            .add(one.path(), one.item(), one.weight());
      }
      late = null;
      segments.clear();
      segments.putAll(fresh);
      moves++;
    });
  }

  private void recount(int user, long upTo, long nowMicros, Map<Shelf, Segments> fresh) {
    Deeds deeds = tenant.deeds(user);
    for (int n = 0; n < deeds.size(); n++) {
      if (deeds.position(n) > upTo) break;
      int entity = deeds.entity(n);
      int deed = n;
      tenant
          .shelfOf(entity)
          .ifPresent(shelf ->
              fresh
                  .computeIfAbsent(shelf, _ -> new Segments())
                  .add(
                      path(user),
                      tenant.item(shelf, entity),
                      worth(
                          deeds.type(deed), deeds.weight(deed), deeds.atMicros(deed), nowMicros)));
    }
  }

  @SuppressWarnings("unchecked") // arrays of generic types cannot be made otherwise
  private static @Nullable List<String>[] newPaths(int length) {
    return (List<String>[]) new List<?>[length];
  }
}
