package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

  private static final int ROUNDS = 3_000;

  @Test
  void quotes_hold_delimiters_line_ends_and_quotes() throws IOException {
    assertThat(read("a,\"b,c\",\"d\"\"e\"\r\n\"x\ny\",,\"\"\n", ","))
        .containsExactly(List.of("a", "b,c", "d\"e"), List.of("x\ny", "", ""));
  }

  @Test
  void a_delimiter_may_have_several_characters() throws IOException {
    assertThat(read("1::2::a:b\n", "::")).containsExactly(List.of("1", "2", "a:b"));
  }

  @Test
  void empty_lines_are_passed_over_and_the_last_line_needs_no_end() throws IOException {
    assertThat(read("\n\na,b\n\r\nc,d", ",")).containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void a_record_knows_the_line_on_which_it_begins() throws IOException {
    var reader = reader("a\n\"b\nb\"\n\nc\n", ",", 100);
    var lines = new ArrayList<Long>();
    while (reader.next()) lines.add(reader.line());
    assertThat(lines).containsExactly(1L, 2L, 5L);
  }

  @Test
  void text_behind_a_closing_quote_spoils_one_record_only() throws IOException {
    var reader = reader("a,b\n\"x\"y,z\nc,d\n", ",", 100);
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::require)
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("after the closing quote of field 1");
    byte[] raw = new byte[reader.bytes()];
    reader.copyTo(raw, 0);
    assertThat(new String(raw, UTF_8)).isEqualTo("\"x\"y,z");
    assertThat(reader.next()).isTrue();
    assertThat(reader.field(1)).isEqualTo("d");
    assertThat(reader.next()).isFalse();
  }

  @Test
  void a_quote_that_nobody_closes_costs_a_bounded_stretch() throws IOException {
    String swallowed = "s,s\n".repeat(100);
    var reader = reader("a,b\n\"open\n" + swallowed + "y,z\n" + "c,d\n".repeat(50), ",", 200);
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::require).hasMessageContaining("a quote is open since line 2");
    int after = 0;
    while (reader.next()) {
      reader.require();
      after++;
    }
    assertThat(after).isGreaterThan(50);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused_with_a_hint() throws IOException {
    byte[] latin = {'a', ',', (byte) 0xe9, '\n'};
    var reader = new CsvReader(new ByteArrayInputStream(latin), ",", 100);
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(() -> reader.field(1)).hasMessageContaining("--encoding ISO-8859-1");
  }

  @Test
  void a_record_of_too_many_fields_is_refused_and_the_next_is_read() throws IOException {
    var reader = reader(",".repeat(CsvReader.FIELDS_MAX) + "\nc,d\n", ",", 10_000);
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::require).hasMessageContaining("at most 1000 fields");
    assertThat(reader.next()).isTrue();
    assertThat(reader.field(1)).isEqualTo("d");
  }

  @Test
  void whatever_is_written_is_read_again() throws IOException {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    System.out.println("tables as CSV: -Dkindred.seed=" + seed);
    var random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String delimiter = List.of(",", ";", "\t", "::").get(random.nextInt(4));
      var table = table(random);
      assertThat(read(written(table, delimiter, random), delimiter))
          .as("seed %d", seed)
          .isEqualTo(table);
    }
  }

  @Test
  void many_short_fields_are_too_long_together() throws IOException {
    String full = "\"\",".repeat(13) + "x\n";
    var reader = reader(full + "y" + full + "z,z\n", ",", full.length() - 1);
    assertThat(reader.next()).isTrue();
    reader.require();
    assertThat(reader.size()).isEqualTo(14);
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::require).hasMessageContaining("at most 40 bytes");
    assertThat(reader.next()).isTrue();
    assertThat(reader.field(1)).isEqualTo("z");
  }

  @Test
  void no_bytes_make_it_fail_or_go_on_for_ever() throws IOException {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    System.out.println("hostile CSV: -Dkindred.seed=" + seed);
    var random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      String letters = "ab,\"\"\n\r\u00e9;";
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) letters.charAt(random.nextInt(letters.length()));
      }
      var reader = new CsvReader(trickling(bytes, random.split()), ",", 40);
      int records = 0;
      while (reader.next()) {
        records++;
        assertThat(reader.bytes()).as("seed %d", seed).isBetween(0, 40);
        reader.copyTo(new byte[reader.bytes()], 0);
      }
      assertThat(records).as("seed %d", seed).isLessThanOrEqualTo(bytes.length);
    }
  }

  private static List<List<String>> table(SplittableRandom random) {
    var table = new ArrayList<List<String>>();
    int columns = 1 + random.nextInt(4);
    for (int i = random.nextInt(6); i >= 0; i--) {
      var row = new ArrayList<String>();
      for (int j = 0; j < columns; j++) row.add(text(random));
      table.add(row);
    }
    return table;
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint("ab,;\t:\"\n\r é'=\uD83D\uDE00".codePointAt(random.nextInt(14)));
    }
    return text.toString();
  }

  private static String written(
      List<List<String>> table, String delimiter, SplittableRandom random) {
    var csv = new StringBuilder();
    for (List<String> row : table) {
      for (int i = 0; i < row.size(); i++) {
        if (i > 0) csv.append(delimiter);
        String value = row.get(i);
        boolean needs = value.chars().anyMatch(c -> "\"\n\r:".indexOf(c) >= 0);
        boolean quoted =
            needs
                || value.contains(delimiter)
                || (row.size() == 1 && value.isEmpty())
                || random.nextInt(3) == 0;
        csv.append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
      }
      csv.append(random.nextBoolean() ? "\r\n" : "\n");
    }
    return csv.toString();
  }

  private static List<List<String>> read(String csv, String delimiter) throws IOException {
    var in = trickling(csv.getBytes(UTF_8), new SplittableRandom(csv.length()));
    var reader = new CsvReader(in, delimiter, 10_000);
    var table = new ArrayList<List<String>>();
    while (reader.next()) {
      reader.require();
      var row = new ArrayList<String>();
      for (int i = 0; i < reader.size(); i++) row.add(reader.field(i));
      table.add(row);
    }
    return table;
  }

  private static CsvReader reader(String csv, String delimiter, int recordBytesMax) {
    return new CsvReader(new ByteArrayInputStream(csv.getBytes(UTF_8)), delimiter, recordBytesMax);
  }

  /** A stream that gives a few bytes at a time, as networks do. */
  private static InputStream trickling(byte[] bytes, SplittableRandom random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(7)));
      }
    };
  }
}
