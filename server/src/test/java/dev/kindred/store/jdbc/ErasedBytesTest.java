package dev.kindred.store.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityRef;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.Submission;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import dev.kindred.json.Json;
import dev.kindred.json.Limits;
import dev.kindred.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasedBytesTest {

  private static final TenantId SHOP = new TenantId("shop");
  private static final String NAME = "unmistakable-visitor";

  private final SettableClock clock = SettableClock.atNoon();

  @TempDir private Path folder;

  @Test
  void an_erased_user_is_in_no_byte_of_the_file() throws IOException {
    Path file = folder.resolve("kindred.db");
    try (var store =
        JdbcStore.open(JdbcSettings.of("sqlite:" + file), clock, new SplittableRandom(1))) {
      for (int user = 0; user < 200; user++) act(store, "somebody-" + user);
      act(store, NAME);
      for (int user = 200; user < 400; user++) act(store, "somebody-" + user);
    }
    assertThat(filesWith(NAME)).as("before the erasure").isNotEmpty();
    try (var store =
        JdbcStore.open(JdbcSettings.of("sqlite:" + file), clock, new SplittableRandom(2))) {
      keep(store, new Change.EraseUser(new UserId(NAME)));
    }
    assertThat(filesWith(NAME)).as("files after the erasure and the end").isEmpty();
    assertThat(filesWith("somebody-7")).isNotEmpty();
  }

  private void act(JdbcStore store, String user) {
    var id = new UserId(user);
    keep(store, new Change.PutUser(id, Json.object("{\"n\":\"" + user + "\"}", Limits.ATTRIBUTES)));
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      keep(
          store,
          new Change.RecordInteraction(
              new Interaction(
                  id,
                  new EntityRef(new EntityId("item-" + i), new EntityType("product")),
                  "view",
                  OptionalDouble.empty(),
                  Json.object("{\"by\":\"" + user + "\"}", Limits.METADATA),
                  clock.now(),
                  true,
                  Optional.of("event-of-" + user + "-" + i),
                  Optional.empty())));
    }
  }

  private static void keep(JdbcStore store, Change change) {
    var _ = store.log().append(List.of(Submission.of(SHOP, change)));
  }

  private List<Path> filesWith(String text) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> {
            try {
              return Files.readString(file, ISO_8859_1).contains(text);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .toList();
    }
  }
}
