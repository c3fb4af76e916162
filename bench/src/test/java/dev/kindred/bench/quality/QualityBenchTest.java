package dev.kindred.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityBenchTest {
  @TempDir private Path folder;

  @Test
  void lines_of_users_are_read_judged_and_written() throws Exception {
    var random = new SplittableRandom(1);
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    for (int user = 0; user < 60; user++) {
      var line = new StringBuilder("u" + user);
      for (int n = 0; n < 6; n++) line.append(" i").append(user % 3 + 3 * random.nextInt(10));
      train.add(line.toString());
      test.add("u" + user + " i" + (user % 3 + 3 * random.nextInt(10)));
    }
    Files.write(folder.resolve("train.txt"), train);
    Files.write(folder.resolve("test.txt"), test);
    Path out = folder.resolve("lists.tsv");
    assertThat(run("--algorithm", "walk", "--top", "5", "--out", out.toString())).isZero();
    List<String> lists = Files.readAllLines(out);
    assertThat(lists).hasSize(60);
    assertThat(lists.getFirst()).matches("u0\ti\\d+(,i\\d+){4}");
    String[] items = lists.getFirst().substring(3).split(",", -1);
    for (String item : items) assertThat(train.getFirst().split(" ")).doesNotContain(item);
  }

  @Test
  void the_latest_fifth_of_the_ratings_is_held_out() throws Exception {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int n = 0; n < 10; n++)
      lines.add("7," + (100 + n) + "," + (n == 9 ? "2.5" : "4.0") + "," + (1000 + n));
    Files.write(folder.resolve("ratings.csv"), lines);
    var set = DataSet.read(folder);
    assertThat(set.train().size()).isEqualTo(8);
    assertThat(set.heldOut().row(0).items()).containsExactly(set.items().indexOf("108"));
    assertThat(set.users()).containsExactly("7");
  }

  @Test
  void sessions_are_read_with_their_order_and_what_came_next() throws IOException {
    Files.write(folder.resolve("train_sessions.txt"), List.of("5 3 5", "3 4"));
    Files.write(folder.resolve("test_prefix_target.tsv"), List.of("3 5\t4"));
    var set = SessionSet.read(folder);
    assertThat(set.items()).containsExactly("5", "3", "4");
    assertThat(set.sessions().row(0).items()).containsExactly(0, 1, 0);
    assertThat(set.prefixes().getFirst().items()).containsExactly(1, 0);
    assertThat(set.targets().row(0).items()).containsExactly(2);
  }

  @Test
  void a_wrong_word_is_answered_with_the_usage() throws Exception {
    assertThat(run("--algorithm", "magic")).isEqualTo(2);
    assertThat(QualityBench.run(List.of("--top", "5"))).isEqualTo(2);
  }

  private int run(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(words));
    return QualityBench.run(all);
  }
}
