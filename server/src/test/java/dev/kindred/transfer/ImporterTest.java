package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.EventClock;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.features.TenantVectors;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Unavailable;
import dev.kindred.domain.UserId;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.Store;
import dev.kindred.store.memory.MemoryStore;
import dev.kindred.testing.SettableClock;
import dev.kindred.transfer.Importer.BatchSize;
import dev.kindred.transfer.Importer.Rejects;
import dev.kindred.transfer.Importer.Task;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of every common shape, into a store in memory. */
class ImporterTest {

  private static final TenantId TENANT = new TenantId("shop");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T00:00:00Z"));
  private final Store store = new MemoryStore(clock);
  private final List<String> rejected = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void films_ratings_and_tags_of_movielens_load_as_they_are() throws IOException {
    String films =
        """
        movieId,title,genres
        1,"American President, The (1995)",Comedy|Drama|Romance
        2,1984,(no genres listed)
        """;
    assertThat(run(films, "/some/movies.csv").stored()).isEqualTo(2);
    assertThat(attributes("movie", "1"))
        .isEqualTo(
            "{\"title\":\"American President, The (1995)\",\"genres\":[\"Comedy\",\"Drama\",\"Romance\"]}");
    assertThat(attributes("movie", "2")).isEqualTo("{\"title\":\"1984\",\"genres\":[]}");
    run("userId,movieId,rating,timestamp\n7,1,4.5,1260759144\n", "ratings.csv");
    run("userId,movieId,tag,timestamp\n7,1,\"so, so\",1260759145\n", "tags.csv");
    var did = interactions("7");
    assertThat(did.get(1).type()).isEqualTo("rating");
    assertThat(did.get(1).weight()).isEqualTo(4.5);
    assertThat(did.get(1).at()).isEqualTo(Instant.ofEpochSecond(1260759144));
    assertThat(did.get(0).entity()).isEqualTo(EntityKey.of("movie", "1"));
    assertThat(did.get(0).metadata().toString()).isEqualTo("{\"tag\":\"so, so\"}");
  }

  @Test
  void older_movielens_files_have_no_header_and_another_encoding() throws IOException {
    byte[] films = "1::Les Misérables::Drama|War\n".getBytes(ISO_8859_1);
    assertThat(run(new ByteArrayInputStream(films), "movies.dat", ImportOptions.NONE).stored())
        .isEqualTo(1);
    assertThat(attributes("movie", "1")).contains("Les Misérables");
    assertThat(run("5::1::3::978300760\n", "ratings.dat").stored()).isEqualTo(1);
    assertThat(interactions("5").getFirst().weight()).isEqualTo(3);
  }

  @Test
  void exports_of_other_systems_are_known() throws IOException {
    run(
        "feedback_type,user_id,item_id,time_stamp\nread,ann,x,2026-01-02 03:04:05\n",
        "f.csv",
        preset("gorse"));
    assertThat(interactions("ann").getFirst().type()).isEqualTo("read");
    assertThat(interactions("ann").getFirst().at())
        .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    run(
        """
        {"FeedbackType":"star","UserId":"bob","ItemId":"x","Timestamp":"2026-01-02T03:04:05Z"}
        """,
        "feedback.ndjson",
        preset("gorse"));
    assertThat(interactions("bob").getFirst().entity()).isEqualTo(EntityKey.of("item", "x"));
    run(
        "timestamp,visitorid,event,itemid,transactionid\n1433221332117,c1,addtocart,9,\n",
        "events.csv",
        preset("ecommerce"));
    assertThat(interactions("c1").getFirst().type()).isEqualTo("add_to_cart");
    run(
        "event_time,event_type,product_id,price,user_id\n2019-10-01 00:00:00 UTC,purchase,9,3.5,c2\n",
        "oct.csv",
        preset("ecommerce"));
    assertThat(interactions("c2").getFirst().at()).isEqualTo(Instant.parse("2019-10-01T00:00:00Z"));
    run("userId;itemId;timestamp\nu;i;1433221332\n", "cart-additions.csv", preset("recombee"));
    assertThat(interactions("u").getFirst().type()).isEqualTo("add_to_cart");
  }

  @Test
  void columns_are_mapped_by_name_number_and_constant() throws IOException {
    var options =
        options(
            Map.of("user_id", "#2", "entity_id", "what", "metadata.note", "note:text"),
            Map.of("interaction_type", "view", "entity_type", "book"));
    run("what\twho\tnote\nb1\tann\t007\n", "x.tsv", options);
    var one = interactions("ann").getFirst();
    assertThat(one.entity()).isEqualTo(EntityKey.of("book", "b1"));
    assertThat(one.metadata().toString()).isEqualTo("{\"note\":\"007\"}");
  }

  @Test
  void a_column_is_of_numbers_only_if_all_of_its_sample_is() throws IOException {
    run(
        "entity_id,price,title,zip,fresh\na,12.50,1984,01234,true\nb,3,Emma,90210,false\n",
        "p.csv");
    assertThat(attributes("product", "a"))
        .isEqualTo("{\"zip\":\"01234\",\"fresh\":true,\"price\":12.50,\"title\":\"1984\"}");
    assertThat(attributes("product", "b")).contains("\"zip\":\"90210\"");
  }

  @Test
  void what_is_wrong_is_told_by_line_and_the_rest_is_kept() throws IOException {
    String csv =
        """
        user_id,entity_id,interaction_type,weight,timestamp
        ann,a,view,1,2026-01-01
        ann,b,view,much,2026-01-01
        ,c,view,1,2026-01-01
        ann,d,view,1
        ann,e,view,1,2036-01-01
        ann,f,a b,1,2026-01-01
        ann,g,view,1000,2026-01-01
        ann,h,view,,2026-01-01
        """;
    var report = run(csv, "x.csv");
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.failed()).isEqualTo(6);
    assertThat(rejected)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("3 column 'weight': must be a number, got 'much'")
                    .endsWith("ann,b,view,much,2026-01-01"),
            line -> assertThat(line).startsWith("4 /user_id: user_id is required"),
            line -> assertThat(line).startsWith("5 there are 5 columns, got 4 values"),
            line ->
                assertThat(line)
                    .startsWith("6 /timestamp: timestamp must not be more than 5 minutes"),
            line -> assertThat(line).startsWith("7 /interaction_type: interaction_type must be"),
            line -> assertThat(line).startsWith("8 /weight: must be between -100 and 100"));
    assertThat(report.problems())
        .extracting(ImportReport.Problem::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void a_dry_run_keeps_nothing() throws IOException {
    var result =
        importer(store.log()::append)
            .run(
                stream("user_id\nann\n"),
                task("u.csv", ImportOptions.NONE, Optional.empty(), true));
    assertThat(result.report().stored()).isEqualTo(1);
    assertThat(result.description().mapping()).containsExactly("user_id -> user_id");
    assertThat(store.log().head()).isZero();
  }

  @Test
  void a_file_that_says_nothing_of_itself_is_refused_with_what_would_help() {
    assertThatThrownBy(() -> run("a,b\n1,2\n", "x.csv"))
        .hasMessageContaining("there are a, b; name them, for example --map user_id=a");
    assertThatThrownBy(() -> run("user_id,entity_id\n1,2\n", "x.csv"))
        .hasMessageContaining("--fill interaction_type=view gives every record one");
    assertThatThrownBy(() -> run("", "x.csv")).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> run("{}", "x.json", preset("movielens")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("the first record has no fields");
    assertThatThrownBy(() -> run("user_id,user_id\n", "x.csv"))
        .hasMessageContaining("two columns are called 'user_id'");
    assertThatThrownBy(() -> run("user_id\n1\n", "x.csv", options(Map.of("weight", "x"), Map.of())))
        .hasMessageContaining("users have no field 'weight'");
    assertThatThrownBy(() -> run("[1,2]", "x.json"))
        .hasMessageContaining("no line is a JSON object");
  }

  @Test
  void json_in_a_cell_cannot_reach_beyond_it() throws IOException {
    String cell = "\"{\"\"a\"\":1},\"\"entity_id\"\":\"\"other\"\"\"";
    var report = run("entity_id,attributes\nx," + cell + "\n", "e.csv");
    assertThat(report.failed()).isEqualTo(1);
    assertThat(store.log().head()).isZero();
  }

  @Test
  void packed_files_are_unpacked() throws IOException {
    byte[] users = "user_id\nann\nbob\n".getBytes(UTF_8);
    assertThat(
            run(
                    new ByteArrayInputStream(packed(users, GZIPOutputStream::new)),
                    "u.csv.gz",
                    ImportOptions.NONE)
                .stored())
        .isEqualTo(2);
    assertThat(
            run(
                    new ByteArrayInputStream(packed(users, ZstdOutputStream::new)),
                    "u.csv.zst",
                    ImportOptions.NONE)
                .stored())
        .isEqualTo(2);
  }

  @Test
  void packing_that_breaks_off_is_told() throws IOException {
    byte[] packed = packed("user_id\nann\n".repeat(1_000).getBytes(UTF_8), GZIPOutputStream::new);
    var cut = new ByteArrayInputStream(packed, 0, packed.length - 12);
    assertThatThrownBy(() -> run(cut, "u.csv.gz", ImportOptions.NONE))
        .hasMessageContaining("the file is not whole");
    byte[] zstd = packed("user_id\nann\n".repeat(1_000).getBytes(UTF_8), ZstdOutputStream::new);
    zstd[zstd.length / 2] ^= 0x55;
    assertThatThrownBy(() -> run(new ByteArrayInputStream(zstd), "u.csv.zst", ImportOptions.NONE))
        .hasMessageContaining("the file is not whole, or was not packed as it says");
  }

  @Test
  void a_small_file_that_never_seems_to_end_is_refused() throws IOException {
    byte[] piece = packed(new byte[16 << 20], GZIPOutputStream::new);
    InputStream bomb = InputStream.nullInputStream();
    for (int i = 0; i < 64; i++)
      bomb = new SequenceInputStream(bomb, new ByteArrayInputStream(piece));
    InputStream file =
        new SequenceInputStream(
            new ByteArrayInputStream(packed("user_id\n".getBytes(UTF_8), GZIPOutputStream::new)),
            bomb);
    assertThatThrownBy(() -> run(file, "u.csv.gz", ImportOptions.NONE))
        .hasMessageContaining("unpacks to more than 250 times its size");
  }

  @ParameterizedTest
  @EnumSource
  void a_run_that_was_cut_off_goes_on_without_doubles(BatchSize size) throws IOException {
    var csv = new StringBuilder("user_id,entity_id,interaction_type\n");
    for (int i = 0; i < 35_000; i++) csv.append("u").append(i % 7).append(",e,view\n");
    var calls = new AtomicInteger();
    Function<List<Submission>, List<Receipt>> failing =
        submissions -> {
          if (calls.incrementAndGet() == 3) throw Unavailable.database();
          return store.log().append(submissions);
        };
    var task = task("x.csv", ImportOptions.NONE, Optional.of("run"), false);
    assertThatThrownBy(() -> importer(failing, size).run(stream(csv.toString()), task))
        .isInstanceOf(Unavailable.class);
    long kept = store.log().head();
    assertThat(kept).isPositive();
    clock.advance(Duration.ofMinutes(1));
    var report = importer(store.log()::append, size).run(stream(csv.toString()), task).report();
    assertThat(report.stored() + report.repeated()).isEqualTo(35_000);
    assertThat(report.repeated()).isEqualTo(kept);
    long interactions = 0;
    for (int i = 0; i < 7; i++) {
      interactions +=
          store.tenant(TENANT).users().find(new UserId("u" + i)).orElseThrow().interactionCount();
    }
    assertThat(interactions).isEqualTo(35_000);
  }

  @Test
  void a_line_that_is_added_later_is_all_that_a_second_run_keeps() throws IOException {
    String csv = "user_id,entity_id,interaction_type\n" + "ann,e,view\n".repeat(10_000);
    var task = task("x.csv", ImportOptions.NONE, Optional.of("run"), false);
    importer(store.log()::append).run(stream(csv), task);
    var report = importer(store.log()::append).run(stream(csv + "bob,e,view\n"), task).report();
    assertThat(report.repeated()).isEqualTo(10_000);
    assertThat(report.stored()).isEqualTo(1);
  }

  private ImportReport run(String text, String path) throws IOException {
    return run(text, path, ImportOptions.NONE);
  }

  private ImportReport run(String text, String path, ImportOptions options) throws IOException {
    return run(stream(text), path, options);
  }

  private ImportReport run(InputStream in, String path, ImportOptions options) throws IOException {
    return importer(store.log()::append)
        .run(in, task(path, options, Optional.empty(), false))
        .report();
  }

  private Importer importer(Function<List<Submission>, List<Receipt>> append) {
    return importer(append, BatchSize.AMONG_OTHERS);
  }

  private Importer importer(Function<List<Submission>, List<Receipt>> append, BatchSize size) {
    var intake =
        new RecordIntake(
            new EntityIntake(new TenantVectors(store, 32)),
            InteractionIntake.ofMany(new EventClock(clock)));
    return new Importer(
        intake,
        submission -> append.apply(List.of(submission)).getFirst(),
        Thread.ofPlatform().daemon().factory(),
        size);
  }

  private Task task(String path, ImportOptions options, Optional<String> once, boolean dryRun) {
    Rejects rejects = (line, reason, record) -> rejected.add(line + " " + reason + " " + record);
    return new Task(TENANT, path, options, once, dryRun, rejects, _ -> {});
  }

  private static ImportOptions preset(String word) {
    return new ImportOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.of(Preset.of(word)),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        UTF_8);
  }

  private static ImportOptions options(Map<String, String> map, Map<String, String> fill) {
    return new ImportOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        map,
        fill,
        Optional.empty(),
        Optional.empty(),
        UTF_8);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Makes a stream that packs. */
  private interface Packing {
    OutputStream into(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] bytes, Packing packing) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream packed = packing.into(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private String attributes(String type, String id) {
    return store
        .tenant(TENANT)
        .catalog()
        .find(EntityKey.of(type, id))
        .orElseThrow()
        .attributes()
        .toString();
  }

  private List<RecordedInteraction> interactions(String user) {
    return store
        .tenant(TENANT)
        .interactions()
        .ofUser(new UserId(user), new Page(100, 0, Optional.empty()));
  }
}
