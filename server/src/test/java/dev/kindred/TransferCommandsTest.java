package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in and out by the command line, on a database of its own. */
class TransferCommandsTest {

  @TempDir private Path folder;
  private Path ratings;

  @BeforeEach
  void write() throws IOException {
    ratings =
        Files.writeString(
            folder.resolve("ratings.csv"),
            "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n1,32,five,1260759145\n");
  }

  /** What a command came to. */
  private record Result(int exitCode, String out, String err) {}

  @Test
  void an_import_says_what_it_kept_and_where_the_rest_is() throws IOException {
    var result = run("import", ratings.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.out())
        .contains("interactions as csv", "1 kept", "1 refused, see " + ratings + ".rejects.ndjson")
        .contains("line 3: column 'rating': must be a number, got 'five'");
    assertThat(Files.readString(Path.of(ratings + ".rejects.ndjson")))
        .contains("\"line\":3,", "\"record\":\"1,32,five,1260759145\"");
  }

  @Test
  void the_same_import_again_keeps_nothing_unless_told_to() {
    run("import", ratings.toString());
    assertThat(run("import", ratings.toString()).out())
        .contains("0 kept, 1 kept by an earlier run");
    assertThat(run("import", "--again", ratings.toString()).out()).contains("1 kept");
  }

  @Test
  void a_dry_run_tells_what_it_takes_each_column_for() {
    var result = run("import", "--dry-run", ratings.toString());
    assertThat(result.out())
        .contains("userId -> user_id", "rating -> weight", "'rating' -> interaction_type")
        .contains("1 would be kept, 1 refused; nothing was kept");
    assertThat(Path.of(ratings + ".rejects.ndjson")).doesNotExist();
    assertThat(run("import", ratings.toString()).out()).contains("  1 kept\n");
  }

  @Test
  void the_result_is_json_where_asked_to() {
    assertThat(run("import", "--json", ratings.toString()).out())
        .startsWith("{\"file\":")
        .contains("\"status\":\"partially_completed\"", "\"stored\":1,", "\"line\":3,");
  }

  @Test
  void a_file_that_is_known_to_hold_nothing_is_left_out_and_the_next_is_taken_in()
      throws IOException {
    Path links =
        Files.writeString(folder.resolve("links.csv"), "movieId,imdbId,tmdbId\n31,0112792,9909\n");
    var result = run("import", links.toString(), ratings.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.out()).contains(links + ": left out", "links.csv holds what", "1 kept");
    assertThat(run("import", "--json", links.toString()).out())
        .startsWith("{\"file\":")
        .contains("\"left_out\":\"links.csv holds what");
  }

  @Test
  void what_cannot_be_read_is_told_in_one_line() {
    var missing = run("import", folder.resolve("none.csv").toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).startsWith("kindred: cannot read ").hasLineCount(1);
    var unknown = run("import", "--preset", "movielense", ratings.toString());
    assertThat(unknown.err())
        .contains("preset must be one of movielens, gorse, ecommerce, recombee");
    assertThat(run("import").exitCode()).isEqualTo(2);
  }

  @Test
  void what_is_exported_can_be_imported_again() throws IOException {
    run("import", ratings.toString());
    Path out = folder.resolve("out.csv");
    var told = run("export", "interactions", "--format", "csv", "--out", out.toString(), "--json");
    assertThat(told.out()).isEqualTo("{\"kind\":\"interactions\",\"records\":1}\n");
    assertThat(Files.readString(out)).contains("1,31,movie,rating,2.5,2009-12-14T02:52:24.000000Z");
    Path packed = folder.resolve("out.ndjson.gz");
    run("export", "interactions", "--out", packed.toString());
    var again = run("import", packed.toString(), "--tenant", "copy");
    assertThat(again.out()).contains("interactions as ndjson", "1 kept");
    assertThat(run("export", "films", "--out", out.toString()).err())
        .contains("kind must be entities, interactions or users, got 'films'");
  }

  private Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    if (arguments.length > 1) all.addAll(List.of("--data", folder.resolve("data").toString()));
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }
}
