package dev.kindred.bench.quality;

import static java.util.Objects.requireNonNull;

import dev.kindred.Kindred;
import dev.kindred.bench.write.Folder;
import dev.kindred.embedded.NewEntity;
import dev.kindred.embedded.NewInteraction;
import dev.kindred.engine.Interactions;
import dev.kindred.engine.SparseRows;
import dev.kindred.engine.Workers;
import dev.kindred.engine.judge.Judge;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Recommendation.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists of films that nobody has rated yet: a tenth of MovieLens' films is put into a catalogue
 * with title, year, genres and tags, but none of their ratings. What users rated four and more of
 * them is what a list of only such films should hold.
 *
 * <p>Beside it stands what can be said without knowing the user: films in the order of how often
 * films of the same genres were rated. All of it goes through the embedded engine, as a program
 * would use it.
 */
final class ColdFilms {
  private static final double HIDDEN = 0.1;
  private static final double RELEVANT = 4;
  private static final int COUNT = 10;
  private static final Pattern TITLE = Pattern.compile("(.*) \\((\\d{4})\\)");

  private record Film(String id, String title, int year, List<String> genres, Set<String> tags) {}

  private record Rating(String user, String film, double stars, Instant at) {}

  private final Map<String, Film> films;
  private final Set<String> hidden;
  private final List<Rating> ratings;

  private final Names users = new Names();
  private final Names cold = new Names();

  /** What each user liked of the films that are hidden. */
  private final SparseRows liked;

  private final Judge judge;

  private ColdFilms(Map<String, Film> films, Set<String> hidden, List<Rating> ratings) {
    this.films = films;
    this.hidden = hidden;
    this.ratings = ratings;
    var builder = Interactions.builder();
    for (Rating rating : ratings) {
      if (!hidden.contains(rating.film()) || rating.stars() < RELEVANT) continue;
      int user = users.index(rating.user());
      builder.add(user, cold.index(rating.film()), 1f, rating.at().getEpochSecond());
    }
    this.liked = builder.build().byUser();
    this.judge = new Judge(COUNT, liked, Workers.alone());
  }

  /** Prints how good the lists are. */
  static void run(Path data, long seed) throws IOException, InterruptedException {
    var films = films(data);
    var ids = new ArrayList<>(films.keySet());
    Collections.shuffle(ids, new Random(seed));
    var hidden = new TreeSet<>(ids.subList(0, (int) (HIDDEN * ids.size())));
    new ColdFilms(films, hidden, ratings(data)).judge();
  }

  private static Map<String, Film> films(Path data) throws IOException {
    var films = new LinkedHashMap<String, Film>();
    for (List<String> row : rows(data.resolve("movies.csv"))) {
      Matcher title = TITLE.matcher(row.get(1).strip());
      boolean isDated = title.matches();
      films.put(
          row.get(0),
          new Film(
              row.get(0),
              isDated ? title.group(1) : row.get(1),
              isDated ? Integer.parseInt(title.group(2)) : 0,
              row.get(2).startsWith("(") ? List.of() : List.of(row.get(2).split("\\|")),
              new TreeSet<>()));
    }
    for (List<String> row : rows(data.resolve("tags.csv"))) {
      requireNonNull(films.get(row.get(1)), "a tag of no film")
          .tags()
          .add(row.get(2).toLowerCase(Locale.ROOT));
    }
    return films;
  }

  private static List<Rating> ratings(Path data) throws IOException {
    return rows(data.resolve("ratings.csv")).stream()
        .map(row ->
            new Rating(
                row.get(0),
                row.get(1),
                Double.parseDouble(row.get(2)),
                Instant.ofEpochSecond(Long.parseLong(row.get(3)))))
        .sorted(Comparator.comparing(Rating::at))
        .toList();
  }

  /** The rows under the header; a value in quotes may hold commas. */
  private static List<List<String>> rows(Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      var row = new ArrayList<String>();
      for (String value : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
        row.add(value.replaceAll("^\"|\"$", "").replace("\"\"", "\""));
      }
      rows.add(row);
    }
    return rows;
  }

  private void judge() throws IOException, InterruptedException {
    System.out.printf(
        "%d films, %d of them without their ratings, which %d users liked some of%n",
        films.size(), hidden.size(), liked.rows());
    double chance = chance();
    List<String> byGenre = byGenre();
    double popular = ndcg(_ -> byGenre);
    System.out.printf(Locale.ROOT, "NDCG@%d by chance %.4f%n", COUNT, chance);
    System.out.printf(
        Locale.ROOT, "NDCG@%d by how popular their genres are %.4f%n", COUNT, popular);
    try (Folder folder = Folder.create();
        var kindred = Kindred.open(folder.path())) {
      fill(kindred);
      for (Algorithm algorithm : List.of(Algorithm.CONTENT_BASED, Algorithm.HYBRID)) {
        double ndcg =
            ndcg(user ->
                kindred.recommend(user).algorithm(algorithm).count(COUNT).list().stream()
                    .map(Item::id)
                    .toList());
        System.out.printf(
            Locale.ROOT,
            "NDCG@%d of %s lists %.4f, %.2f times the better of these%n",
            COUNT,
            algorithm.word(),
            ndcg,
            ndcg / Math.max(chance, popular));
      }
    }
  }

  private void fill(Kindred kindred) throws InterruptedException {
    kindred.entities().putAll(films.values().stream().map(film -> entity(film, false)).toList());
    kindred
        .interactions()
        .addAll(
            ratings.stream()
                .filter(rating -> !hidden.contains(rating.film()))
                .map(rating ->
                    NewInteraction.of(rating.user(), rating.film(), "rating")
                        .weight(rating.stars())
                        .at(rating.at()))
                .toList());
    kindred.learn();
    // From here on only films that nobody has rated may be shown; the others still tell of tastes.
    kindred
        .entities()
        .putAll(
            films.values().stream()
                .filter(film -> !hidden.contains(film.id()))
                .map(film -> entity(film, true))
                .toList());
  }

  private static NewEntity entity(Film film, boolean isOver) {
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("title", film.title());
    if (film.year() > 0) attributes.put("year", film.year());
    attributes.put("genres", film.genres());
    if (!film.tags().isEmpty()) attributes.put("tags", List.copyOf(film.tags()));
    var members = new LinkedHashMap<String, Object>();
    members.put("entity_id", film.id());
    members.put("entity_type", "film");
    members.put("attributes", attributes);
    if (isOver) members.put("available_until", Instant.now().minus(Duration.ofDays(1)));
    return new NewEntity(members);
  }

  /** Hidden films in the order of how often films of their genres were rated. */
  private List<String> byGenre() {
    var rated = new HashMap<String, Integer>();
    for (Rating rating : ratings) rated.merge(rating.film(), 1, Integer::sum);
    var sums = new HashMap<String, double[]>();
    for (Film film : films.values()) {
      if (hidden.contains(film.id())) continue;
      for (String genre : film.genres()) {
        double[] sum = sums.computeIfAbsent(genre, _ -> new double[2]);
        sum[0] += rated.getOrDefault(film.id(), 0);
        sum[1]++;
      }
    }
    return films.values().stream()
        .filter(film -> hidden.contains(film.id()))
        .sorted(
            Comparator.comparingDouble((Film film) -> -mean(film, sums)).thenComparing(Film::id))
        .limit(COUNT)
        .map(Film::id)
        .toList();
  }

  private static double mean(Film film, Map<String, double[]> sums) {
    return film.genres().stream()
        .map(genre -> sums.getOrDefault(genre, new double[] {0, 1}))
        .mapToDouble(sum -> sum[0] / sum[1])
        .average()
        .orElse(0);
  }

  private double ndcg(Function<String, List<String>> lister) {
    List<String> names = users.all();
    return judge
        .judge(
            judge.users(Integer.MAX_VALUE),
            n -> lister.apply(names.get(n)).stream().mapToInt(cold::index).toArray())
        .ndcg();
  }

  /** What lists in no order at all would reach. */
  private double chance() {
    double sum = 0;
    for (int user = 0; user < liked.rows(); user++) {
      int own = liked.size(user);
      sum += judge.ideal(COUNT) * own / hidden.size() / judge.ideal(own);
    }
    return sum / liked.rows();
  }
}
