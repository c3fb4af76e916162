package dev.kindred.bench.quality;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Event;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.learn.Learning;
import dev.kindred.recommend.Algorithm;
import dev.kindred.recommend.Preferences;
import dev.kindred.recommend.Recommendation;
import dev.kindred.recommend.Recommender;
import dev.kindred.recommend.Request;
import dev.kindred.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Lists for users of whom only age and gender are known, in populations that are made up, beside
 * what is popular with everybody. What somebody would take is known to the last, so nothing has to
 * be drawn to judge a list: it gains what each place counts in NDCG, times how likely its item is.
 */
final class UnknownUsers {
  private static final int POPULATIONS = 5;
  private static final int USERS = 1_000;
  private static final int DEEDS = 15;
  private static final int ITEMS = 300;
  private static final int COUNT = 10;
  private static final int AGES = 3;
  private static final String[] GENDERS = {"f", "m"};
  private static final EntityType TYPE = new EntityType("product");
  private static final TenantId TENANT = new TenantId("generated");
  private static final Preferences PREFERENCES = new Preferences(0.6, 0.4, 5, 7, 0);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random;
  private final double[][][] likely = new double[GENDERS.length][AGES][ITEMS];
  private final MemoryStore store = new MemoryStore(Clock.fixed(START, ZoneOffset.UTC));
  private final Learning learning = new Learning(store, 1, () -> 0);
  private Instant now = START;
  private long followed;

  private UnknownUsers(long seed, double own) {
    random = new Random(seed);
    double[] everybody = shares();
    double[][] ofGender = {shares(), shares()};
    double[][] ofAge = {shares(), shares(), shares()};
    for (int gender = 0; gender < GENDERS.length; gender++) {
      for (int age = 0; age < AGES; age++) {
        for (int item = 0; item < ITEMS; item++) {
          likely[gender][age][item] =
              (1 - own) * everybody[item] + own * (ofGender[gender][item] + ofAge[age][item]) / 2;
        }
      }
    }
  }

  /** Prints how much better the lists are, where tastes depend on age and gender, and where not. */
  static void run(long seed) {
    for (double own : new double[] {0.8, 0.4, 0}) {
      double sum = 0;
      var each = new StringBuilder();
      for (int n = 0; n < POPULATIONS; n++) {
        double gain = gain(seed + n, own);
        sum += gain;
        each.append(String.format(Locale.ROOT, " %.3f", gain));
      }
      System.out.printf(
          Locale.ROOT,
          "%.1f of tastes depends on age and gender: NDCG@%d %.3f times that of what is popular"
              + " (seeds %d to %d:%s)%n",
          own,
          COUNT,
          sum / POPULATIONS,
          seed,
          seed + POPULATIONS - 1,
          each);
    }
  }

  /**
   * How much better the lists are than what is popular with everybody, in one population.
   *
   * @param own how much of tastes depends on age and gender, from 0 to 1
   */
  static double gain(long seed, double own) {
    return new UnknownUsers(seed, own).gain();
  }

  /** A few are liked much, most a little. */
  private double[] shares() {
    double[] shares = new double[ITEMS];
    double sum = 0;
    for (int item = 0; item < ITEMS; item++) {
      shares[item] = 1 / Math.pow(1 + random.nextInt(ITEMS), 1.1);
      sum += shares[item];
    }
    for (int item = 0; item < ITEMS; item++) shares[item] /= sum;
    return shares;
  }

  private double gain() {
    var changes = new ArrayList<Change>();
    for (int item = 0; item < ITEMS; item++) changes.add(put(item));
    for (int user = 0; user < USERS; user++) {
      var id = new UserId("user" + user);
      int gender = random.nextInt(GENDERS.length);
      int age = random.nextInt(AGES);
      changes.add(new Change.PutUser(id, said(gender, age)));
      for (int n = 0; n < DEEDS; n++) changes.add(clicked(id, pick(gender, age)));
    }
    store.log().append(List.of(new Submission(TENANT, changes, Optional.empty())));
    var events = new ArrayList<Event>();
    followed = store.log().read(followed, Integer.MAX_VALUE, events::add);
    learning.follow(events);

    List<String> popular = ids(Request.builder(COUNT).algorithm(Algorithm.POPULAR));
    double known = 0;
    double overall = 0;
    for (int gender = 0; gender < GENDERS.length; gender++) {
      for (int age = 0; age < AGES; age++) {
        var request = Request.builder(COUNT).user("nobody").attributes(said(gender, age));
        known += gained(likely[gender][age], ids(request));
        overall += gained(likely[gender][age], popular);
      }
    }
    return known / overall;
  }

  private static Change put(int item) {
    var key = new EntityKey(TYPE, new EntityId("item" + item));
    var vector = new FeatureVector(new float[] {1}, 0);
    var draft = new EntityDraft(key, JsonObject.EMPTY, vector, Availability.ALWAYS);
    return new Change.PutEntity(draft, Change.PutMode.UPSERT);
  }

  private Change clicked(UserId user, int item) {
    now = now.plusSeconds(60);
    return new Change.RecordInteraction(
        new Interaction(
            user,
            new EntityRef(new EntityId("item" + item), TYPE),
            "click",
            OptionalDouble.empty(),
            JsonObject.EMPTY,
            now,
            true,
            Optional.empty(),
            Optional.empty()));
  }

  private int pick(int gender, int age) {
    double left = random.nextDouble();
    for (int item = 0; item < ITEMS; item++) {
      left -= likely[gender][age][item];
      if (left < 0) return item;
    }
    return ITEMS - 1;
  }

  private static JsonObject said(int gender, int age) {
    return Json.object(
        "{\"gender\":\"" + GENDERS[gender] + "\",\"age\":" + (20 + 15 * age) + "}",
        Limits.ATTRIBUTES);
  }

  private List<String> ids(Request.Builder request) {
    Recommendation list =
        new Recommender(1)
            .recommend(
                learning.tenant(TENANT),
                request.build(),
                PREFERENCES,
                now.getEpochSecond() * 1_000_000);
    if (list.items().size() != COUNT || !list.coldStart()) {
      throw new IllegalStateException("no full list for somebody who is unknown: " + list);
    }
    return list.items().stream().map(Recommendation.Item::id).toList();
  }

  private static double gained(double[] likely, List<String> ids) {
    double gained = 0;
    for (int n = 0; n < ids.size(); n++) {
      gained += likely[Integer.parseInt(ids.get(n).substring(4))] * Math.log(2) / Math.log(n + 2);
    }
    return gained;
  }
}
