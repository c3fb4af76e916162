package dev.kindred.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which variant a user gets. */
class AssignmentTest {

  private static final int USERS = 200_000;

  @Test
  void a_users_place_is_the_same_for_ever() {
    // Whoever changes these numbers moves the users of every running experiment.
    assertThat(Assignment.place("checkout", "ann")).isEqualTo(0.02571860375615076);
    assertThat(Assignment.place("checkout", "bob")).isEqualTo(0.1043552627655252);
    assertThat(Assignment.place("prices", "ann")).isEqualTo(0.288080303580875);
    assertThat(Assignment.place("", "\u00fc\ud83d\ude00")).isEqualTo(0.267102953406947);
  }

  @Test
  void users_are_spread_by_the_weights_however_their_ids_look() {
    for (String pattern : List.of("%d", "user-%08d", "%d@shop.example", "%x")) {
      long[] users = new long[3];
      Experiment experiment = experiment("spread", 20, 30, 50);
      for (int u = 0; u < USERS; u++) {
        users[experiment.variantOf(new UserId(pattern.formatted(u)))]++;
      }
      // Five standard errors.
      assertThat(users[0] / (double) USERS).as(pattern).isBetween(0.1955, 0.2045);
      assertThat(users[1] / (double) USERS).as(pattern).isBetween(0.2948, 0.3052);
    }
  }

  @Test
  void experiments_have_nothing_to_do_with_each_other() {
    var names = List.of("a", "b", "a1", "checkout", "checkout2");
    var experiments = new ArrayList<Experiment>();
    for (String name : names) experiments.add(experiment(name, 50, 50));
    for (int one = 0; one < names.size(); one++) {
      for (int other = 0; other < one; other++) {
        int same = 0;
        for (int u = 0; u < USERS; u++) {
          var user = new UserId("user" + u);
          if (experiments.get(one).variantOf(user) == experiments.get(other).variantOf(user)) {
            same++;
          }
        }
        assertThat(same / (double) USERS)
            .as("%s and %s", names.get(one), names.get(other))
            .isBetween(0.494, 0.506);
      }
    }
  }

  @Test
  void a_name_and_an_id_do_not_run_into_each_other() {
    assertThat(Assignment.place("ab", "c")).isNotEqualTo(Assignment.place("a", "bc"));
  }

  static Experiment experiment(String name, double... weights) {
    var variants = new ArrayList<Variant>();
    for (int v = 0; v < weights.length; v++) {
      variants.add(new Variant("v" + v, weights[v], JsonObject.EMPTY, false, Optional.empty()));
    }
    var design =
        new ExperimentDesign(
            variants,
            List.of("bought"),
            1_000,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            ExperimentDesign.ATTRIBUTION_DEFAULT,
            ExperimentDesign.AssignedBy.KINDRED);
    return Experiment.create(
        new Change.CreateExperiment(name, design, true), List.of(), Instant.EPOCH);
  }
}
