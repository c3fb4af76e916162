package dev.kindred.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.engine.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** All that answering can ask of a tenant, as lines, in an order of their own. */
public final class Described {
  private static final String STANDING = "  standing ";

  private final List<String> lines = new ArrayList<>();
  private final LiveTenant tenant;

  private Described(LiveTenant tenant) {
    this.tenant = tenant;
  }

  /** Whatever the tenant's state was made by, it reads the same. */
  public static List<String> of(LiveTenant tenant, long nowMicros) {
    // Deeds are counted by what users are when they happen, until all are counted anew.
    tenant.recountSegments(nowMicros, () -> {});
    var described = new Described(tenant);
    return tenant.read(() -> described.all(nowMicros));
  }

  /**
   * The same without what is going on around items, which remembers when something happened last
   * that was taken back since, rounds, and is smoothed among all places for items, vacant ones too:
   * whoever reads the log later knows nothing of that.
   */
  public static List<String> withoutStandings(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(STANDING)).toList();
  }

  private List<String> all(long nowMicros) {
    lines.add("interactions " + tenant.interactions() + ", as of " + tenant.position());
    lines.add("active " + tenant.tallies().active() + ", known " + tenant.tallies().known());
    for (int type = 0; type < 30; type++) lines.add("of type " + tenant.tallies().ofType(type));
    for (int user = 0; user < tenant.usersEnd(); user++) {
      if (tenant.knowsUser(user)) user(user);
      else if (tenant.deeds(user).size() > 0) lines.add("nobody did something: " + user);
    }
    for (Shelf shelf : tenant.shelves()) shelf(shelf, nowMicros);
    return lines;
  }

  private void user(int user) {
    Deeds deeds = tenant.deeds(user);
    String said = new String(tenant.userAttributes(user).utf8(), UTF_8);
    String id = tenant.userId(user);
    lines.add("user " + user + " " + id + " " + tenant.user(id) + " " + said);
    for (int n = 0; n < deeds.size(); n++) {
      lines.add(
          "  did %d of %d as %s at %d, position %d"
              .formatted(
                  deeds.type(n),
                  deeds.entity(n),
                  deeds.weight(n),
                  deeds.atMicros(n),
                  deeds.position(n)));
    }
  }

  private void shelf(Shelf shelf, long nowMicros) {
    lines.add(shelf.type() + " " + shelf.liveItems());
    var items = new TreeMap<Integer, Integer>();
    for (int item = 0; item < shelf.size(); item++) {
      if (!isVacant(shelf, item)) items.put(shelf.number(item), item);
    }
    items.forEach((number, item) -> item(shelf, number, item, nowMicros));
    ranking("popular", shelf, shelf.standings().popular());
    ranking("lately", shelf, shelf.standings().popular(1));
    ranking("trending", shelf, shelf.standings().trending(7));
    for (List<String> path : List.of(List.<String>of(), List.of("g0"), List.of("g1", "m"))) {
      double[] shares = tenant.segments(shelf).shares(path, shelf.size());
      items.forEach(
          (number, item) -> lines.add(STANDING + path + " " + number + rounded(shares[item])));
    }
  }

  /** A place of something that was only named by who is gone; some keep it, and some never knew. */
  private static boolean isVacant(Shelf shelf, int item) {
    return !shelf.isLive(item)
        && shelf.postings().size(item) == 0
        && shelf.buyers().size(item) == 0;
  }

  private void item(Shelf shelf, int number, int item, long nowMicros) {
    var line = new StringBuilder("  item " + number + " taken by");
    line.append(' ').append(sorted(shelf.postings(), item));
    lines.add(line.append(", bought by ").append(sorted(shelf.buyers(), item)).toString());
    if (!shelf.isLive(item)) return;
    String id = shelf.id(item);
    boolean isFound = shelf.find(id) == item;
    String attributes = new String(shelf.attributes(item).utf8(), UTF_8);
    lines.add("    " + id + " " + isFound + " " + attributes + " " + shelf.bornMicros(item));
    lines.add("    " + shelf.isAvailable(item, 0) + " " + shelf.isAvailable(item, nowMicros));
    for (int other = 0; other < shelf.size(); other++) {
      if (shelf.isLive(other))
        lines.add("    like" + rounded(VectorsAtHand.IN_PROCESS.of(shelf).similarity(item, other)));
    }
    lines.add(
        "    near " + shelf.near(item, 100, VectorsAtHand.IN_PROCESS).stream().sorted().toList());
  }

  private static List<Integer> sorted(Postings users, int item) {
    return IntStream.range(0, users.size(item))
        .mapToObj(n -> users.user(item, n))
        .sorted()
        .toList();
  }

  private void ranking(String name, Shelf shelf, Ranking ranking) {
    var scores = new TreeMap<Integer, String>();
    for (int n = 0; n < ranking.size(); n++) {
      scores.put(shelf.number(ranking.items()[n]), rounded(ranking.scores()[n]));
    }
    lines.add(STANDING + name + " " + scores);
  }

  /** What was added and taken away again leaves less than this. */
  private static String rounded(double value) {
    return String.format(Locale.ROOT, " %.6f", value + 0.0);
  }
}
