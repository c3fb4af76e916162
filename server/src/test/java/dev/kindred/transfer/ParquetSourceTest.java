package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.transfer.TestParquet.Column;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParquetSourceTest {

  private static final int BYTES = 6;
  private static final int DOUBLE = 5;
  private static final int INT64 = 2;
  private static final int UTF8 = 0;
  private static final int MILLIS = 9;
  private static final int ROWS = 300;
  private static final int ROUNDS = 300;

  @Test
  void records_come_out_as_they_were_written_however_they_are_packed() throws IOException {
    for (int codec : new int[] {0, 1, 2, 6}) {
      var records = read(TestParquet.write(codec, 128, columns()));
      assertThat(records).as("codec %d", codec).hasSize(ROWS);
      assertThat(records.getFirst())
          .isEqualTo(
              "{\"user_id\":\"user-0\",\"entity_id\":\"é0\",\"interaction_type\":\"view\",\"timestamp\":\"2023-11-14T22:13:20Z\"}");
      assertThat(records.get(131))
          .isEqualTo(
              "{\"user_id\":\"user-5\",\"entity_id\":\"é131\",\"interaction_type\":\"view\",\"weight\":65.5,\"timestamp\":\"2023-11-14T22:13:20.131Z\"}");
    }
  }

  @Test
  void a_file_that_is_cut_off_or_none_is_refused() throws IOException {
    byte[] whole = TestParquet.write(1, 128, columns());
    for (int length : new int[] {4, 12, whole.length / 2, whole.length - 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("not a whole Parquet file");
    }
  }

  @Test
  void no_bytes_make_it_fail_in_another_way_than_by_a_refusal() throws IOException {
    long seed = Long.getLong("kindred.seed", System.nanoTime());
    System.out.println("hostile Parquet: -Dkindred.seed=" + seed);
    var random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = TestParquet.write(List.of(0, 1, 2, 6).get(random.nextInt(4)), 20, columns());
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        // Mostly in what the file says of itself, which stands at its end.
        int from = random.nextBoolean() ? bytes.length - 400 : 4;
        bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
      }
      try {
        var _ = read(bytes);
      } catch (InvalidRequest refused) {
        assertThat(refused.sentence()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  private static List<Column> columns() {
    var users = new ArrayList<Optional<Object>>();
    var entities = new ArrayList<Optional<Object>>();
    var types = new ArrayList<Optional<Object>>();
    var weights = new ArrayList<Optional<Object>>();
    var times = new ArrayList<Optional<Object>>();
    for (int i = 0; i < ROWS; i++) {
      users.add(Optional.of("user-" + i % 7));
      entities.add(Optional.of("é" + i));
      types.add(Optional.of("view"));
      weights.add(i % 3 == 0 ? Optional.empty() : Optional.of(i / 2.0));
      times.add(Optional.of(1_700_000_000_000L + i));
    }
    return List.of(
        new Column("user_id", BYTES, UTF8, false, true, users),
        new Column("entity_id", BYTES, UTF8, false, false, entities),
        new Column("interaction_type", BYTES, UTF8, true, true, types),
        new Column("weight", DOUBLE, -1, true, false, weights),
        new Column("timestamp", INT64, MILLIS, false, false, times));
  }

  private static List<String> read(byte[] file) throws IOException {
    var records = new ArrayList<String>();
    try (Source source = ImportFile.open(new ByteArrayInputStream(file), "x.parquet", forced())) {
      while (source.next()) {
        byte[] text = new byte[source.bytes()];
        source.copyTo(text, 0);
        records.add(new String(text, UTF_8));
        try {
          var _ = source.record().object();
        } catch (InvalidRequest wrongValue) {
          assertThat(wrongValue.sentence()).isNotEmpty();
        }
      }
    }
    return records;
  }

  private static ImportOptions forced() {
    var none = ImportOptions.NONE;
    return new ImportOptions(
        none.kind(),
        Optional.of(Format.PARQUET),
        none.preset(),
        none.map(),
        none.fill(),
        none.delimiter(),
        none.header(),
        none.encoding());
  }
}
