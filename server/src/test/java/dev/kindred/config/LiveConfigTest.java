package dev.kindred.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write_a_file() throws IOException {
    file = folder.resolve("kindred.yaml");
    Files.writeString(file, "default_recommendation_count: 11\nport: 9000\n");
  }

  @Test
  void a_changed_file_counts_when_it_has_settled() throws IOException {
    var live = load();
    Files.writeString(file, "default_recommendation_count: 12\n");
    live.look();
    assertThat(count(live)).as("still being written, perhaps").isEqualTo(11);
    live.look();
    assertThat(count(live)).isEqualTo(12);
  }

  @Test
  void an_atomic_replacement_is_noticed() throws IOException {
    var live = load();
    var next = Files.writeString(folder.resolve("next"), "default_recommendation_count: 13\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lookTwice(live);
    assertThat(count(live)).isEqualTo(13);
  }

  @Test
  void a_swapped_symbolic_link_is_noticed() throws IOException {
    // The way Kubernetes mounts a ConfigMap: kindred.yaml -> ..data/kindred.yaml, ..data -> v1
    for (var version : new String[] {"v1", "v2"}) {
      Files.createDirectory(folder.resolve(version));
      Files.writeString(
          folder.resolve(version).resolve("kindred.yaml"),
          "default_recommendation_count: 2" + version.charAt(1) + "\n");
    }
    Files.delete(file);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
    Files.createSymbolicLink(file, Path.of("..data/kindred.yaml"));
    var live = load();
    assertThat(count(live)).isEqualTo(21);

    Files.createSymbolicLink(folder.resolve("..next"), Path.of("v2"));
    Files.move(
        folder.resolve("..next"),
        folder.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    lookTwice(live);
    assertThat(count(live)).isEqualTo(22);
  }

  @Test
  void a_bad_file_keeps_the_old_values_and_says_so() throws IOException {
    var live = load();
    Files.writeString(file, "default_recommendation_count: many\n");
    lookTwice(live);
    assertThat(count(live)).isEqualTo(11);
    assertThat(live.lastReading().succeeded()).isFalse();
    assertThat(live.lastReading().problems())
        .singleElement()
        .asString()
        .contains("DEFAULT_RECOMMENDATION_COUNT", "'many'");

    Files.writeString(file, "default_recommendation_count: 14\n");
    lookTwice(live);
    assertThat(live.lastReading().succeeded()).isTrue();
    assertThat(count(live)).isEqualTo(14);
  }

  @Test
  void a_file_that_went_away_keeps_the_old_values_until_it_is_back() throws IOException {
    var live = load();
    Files.delete(file);
    lookTwice(live);
    assertThat(live.lastReading().problems()).singleElement().asString().contains("no such file");
    assertThat(count(live)).isEqualTo(11);
    write_a_file();
    lookTwice(live);
    assertThat(live.lastReading().succeeded()).isTrue();
  }

  @Test
  void a_key_that_is_not_live_waits_for_a_restart() throws IOException {
    var live = load();
    Files.writeString(file, "default_recommendation_count: 11\nport: 9001\n");
    var reading = live.reload();
    assertThat(reading.needRestart()).containsExactly("PORT");
    assertThat(reading.changed()).isEmpty();
    assertThat(live.get().http().port()).isEqualTo(9000);
  }

  @Test
  void flags_and_environment_still_count_before_the_file_read_again() throws IOException {
    var live =
        LiveConfig.load(
            Map.of("KINDRED_CONFIG", file.toString()),
            Map.of("DEFAULT_RECOMMENDATION_COUNT", "5"),
            Clock.systemUTC());
    Files.writeString(file, "default_recommendation_count: 12\n");
    assertThat(live.reload().changed()).isEmpty();
    assertThat(count(live)).isEqualTo(5);
  }

  @Test
  void followers_hear_of_changes_only() throws IOException {
    var live = load();
    var heard = new ArrayList<Integer>();
    live.whenChanged(config -> heard.add(config.recommendation().defaultCount()));
    live.reload();
    Files.writeString(file, "default_recommendation_count: 12\n");
    live.reload();
    live.reload();
    assertThat(heard).containsExactly(12);
  }

  @Test
  void a_named_file_must_be_there() {
    assertThatThrownBy(() ->
            LiveConfig.load(
                Map.of(),
                Map.of("KINDRED_CONFIG", folder.resolve("gone.yaml").toString()),
                Clock.systemUTC()))
        .isInstanceOf(ConfigError.class)
        .hasMessageEndingWith("gone.yaml cannot be read: there is no such file");
  }

  @Test
  void the_file_cannot_name_another_file() throws IOException {
    Files.writeString(file, "kindred_config: other.yaml\n");
    assertThatThrownBy(this::load).hasMessageContaining("KINDRED_CONFIG");
  }

  private LiveConfig load() {
    return LiveConfig.load(Map.of("KINDRED_CONFIG", file.toString()), Map.of(), Clock.systemUTC());
  }

  private static int count(LiveConfig live) {
    return live.get().recommendation().defaultCount();
  }

  private static void lookTwice(LiveConfig live) {
    live.look();
    live.look();
  }
}
