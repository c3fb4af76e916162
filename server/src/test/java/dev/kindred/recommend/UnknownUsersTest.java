package dev.kindred.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lists for users of whom only attributes are known, in populations that are made up. */
final class UnknownUsersTest {
  private static final int USERS = 400;
  private static final int DEEDS = 15;
  private static final int ITEMS = 150;
  private static final int ASKED = 200;
  private static final int COUNT = 10;
  private static final String[] GENDERS = {"f", "m"};

  /** How likely each item is, by gender and age; together one. */
  private record Tastes(double[][][] of) {
    /**
     * @param own how much of it depends on age and gender, from 0 to 1
     */
    static Tastes random(Random random, double own) {
      double[] everybody = shares(random);
      double[][] byGender = {shares(random), shares(random)};
      double[][] byAge = {shares(random), shares(random), shares(random)};
      var of = new double[2][3][ITEMS];
      for (int gender = 0; gender < 2; gender++) {
        for (int age = 0; age < 3; age++) {
          for (int item = 0; item < ITEMS; item++) {
            of[gender][age][item] =
                (1 - own) * everybody[item] + own * (byGender[gender][item] + byAge[age][item]) / 2;
          }
        }
      }
      return new Tastes(of);
    }

    /** A few are liked much, most a little. */
    private static double[] shares(Random random) {
      double[] shares = new double[ITEMS];
      double sum = 0;
      for (int item = 0; item < ITEMS; item++) {
        shares[item] = 1 / Math.pow(1 + random.nextInt(ITEMS), 1.1);
        sum += shares[item];
      }
      for (int item = 0; item < ITEMS; item++) shares[item] /= sum;
      return shares;
    }

    int pick(Random random, int gender, int age) {
      double left = random.nextDouble();
      for (int item = 0; item < ITEMS; item++) {
        left -= of[gender][age][item];
        if (left < 0) return item;
      }
      return ITEMS - 1;
    }
  }

  private static String said(int gender, int age) {
    return "{\"gender\":\"" + GENDERS[gender] + "\",\"age\":" + (20 + 15 * age) + "}";
  }

  /**
   * How often what somebody unknown takes is in the first ten, by what is known of them, over how
   * often it is in what is popular with everybody.
   */
  private static double gain(long seed, double own) {
    var random = new Random(seed);
    Tastes tastes = Tastes.random(random, own);
    var shop = new LiveShop();
    for (int item = 0; item < ITEMS; item++) shop.put("item" + item, "{}");
    for (int user = 0; user < USERS; user++) {
      int gender = random.nextInt(2);
      int age = random.nextInt(3);
      shop.says("user" + user, said(gender, age));
      for (int n = 0; n < DEEDS; n++) {
        shop.happens("user" + user, "click", "item" + tastes.pick(random, gender, age));
      }
    }
    List<String> popular =
        LiveShop.ids(shop.recommend(Request.builder(COUNT).algorithm(Algorithm.POPULAR)));
    double known = 0;
    double overall = 0;
    for (int asked = 0; asked < ASKED; asked++) {
      int gender = random.nextInt(2);
      int age = random.nextInt(3);
      JsonObject attributes = Json.object(said(gender, age), Limits.ATTRIBUTES);
      var list = shop.recommend(Request.builder(COUNT).user("nobody").attributes(attributes));
      assertThat(list.coldStart()).isTrue();
      assertThat(list.items()).hasSize(COUNT);
      // What they would take, to the last: no chance comes in here.
      known += gained(tastes.of()[gender][age], LiveShop.ids(list));
      overall += gained(tastes.of()[gender][age], popular);
    }
    return known / overall;
  }

  /** What is expected of a list: NDCG, each item as relevant as it is likely. */
  private static double gained(double[] likely, List<String> ids) {
    double gained = 0;
    for (int n = 0; n < ids.size(); n++) {
      gained += likely[Integer.parseInt(ids.get(n).substring(4))] / log2(n + 2);
    }
    return gained;
  }

  private static double log2(int n) {
    return Math.log(n) / Math.log(2);
  }

  @Test
  void where_tastes_depend_on_age_and_gender_they_get_a_fifth_more_than_popular() {
    var gains = new ArrayList<Double>();
    long seed = System.nanoTime();
    for (int n = 0; n < 3; n++) gains.add(gain(seed + n, 0.8));
    assertThat(mean(gains)).as("seed %s gains %s", seed, gains).isGreaterThanOrEqualTo(1.2);
  }

  @Test
  void where_they_do_not_they_lose_nothing_but_noise() {
    var gains = new ArrayList<Double>();
    long seed = System.nanoTime();
    for (int n = 0; n < 3; n++) gains.add(gain(seed + n, 0));
    assertThat(mean(gains)).as("seed %s gains %s", seed, gains).isGreaterThanOrEqualTo(0.985);
  }

  private static double mean(List<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
