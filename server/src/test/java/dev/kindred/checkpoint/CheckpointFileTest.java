package dev.kindred.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.checkpoint.CheckpointFile.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Stamp STAMP = new Stamp("a test", 7, "the mark");

  @TempDir private Path folder;
  private CheckpointFile file;

  @BeforeEach
  void setUp() {
    file = new CheckpointFile(folder, "part");
  }

  @Test
  void everything_comes_back_as_it_was() throws IOException {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    // Longer than what is read and written at once, and of lengths that fit nothing.
    int[] ints = random.ints(700_001).toArray();
    long[] longs = random.longs(300_007).toArray();
    double[] doubles = random.doubles(200_003).toArray();
    byte[] bytes = new byte[2_000_003];
    random.nextBytes(bytes);
    assertThat(
            file.write(
                STAMP,
                out -> {
                  out.text("Grüße");
                  out.number(-5);
                  out.bytes(bytes);
                  out.ints(ints);
                  out.number(Long.MIN_VALUE);
                  out.longs(longs);
                  out.longs(longs, 3);
                  out.doubles(doubles);
                  out.image(100, image -> image.fill((byte) 9));
                },
                () -> true))
        .isTrue();
    List<Stamp> stamps = new ArrayList<>();
    file.read(
        stamps::add,
        (in, stamp) -> {
          assertThat(in.text()).isEqualTo("Grüße");
          assertThat(in.number()).isEqualTo(-5);
          assertThat(in.bytes()).as("seed %d", seed).isEqualTo(bytes);
          assertThat(in.ints()).isEqualTo(ints);
          assertThat(in.longNumber()).isEqualTo(Long.MIN_VALUE);
          assertThat(in.longs()).isEqualTo(longs);
          assertThat(in.longs(3)).containsExactly(longs[0], longs[1], longs[2]);
          assertThat(in.doubles()).isEqualTo(doubles);
          assertThat(in.image().toArray(JAVA_BYTE)).hasSize(100).containsOnly(9);
        });
    assertThat(stamps).containsExactly(STAMP);
  }

  @Test
  void one_that_is_cut_off_or_changed_anywhere_is_refused() throws IOException {
    write("something that is kept");
    Path path = folder.resolve("part");
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at++) {
      byte[] other = whole.clone();
      other[at] ^= 4;
      Files.write(path, other);
      assertThatThrownBy(this::text).as("byte " + at).isInstanceOf(Part.Stale.class);
      Files.write(path, Arrays.copyOf(whole, at));
      assertThatThrownBy(this::text).as("length " + at).isInstanceOf(Part.Stale.class);
    }
    Files.write(path, whole);
    assertThat(text()).isEqualTo("something that is kept");
  }

  @Test
  void an_image_that_is_missing_or_changed_is_refused() throws IOException {
    write("with an image");
    Path image = ours().stream().filter(path -> !path.endsWith("part")).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(image);
    bytes[3]++;
    Files.write(image, bytes);
    assertThatThrownBy(this::text).isInstanceOf(Part.Stale.class);
    Files.delete(image);
    assertThatThrownBy(this::text).isInstanceOf(IOException.class);
  }

  @Test
  void the_older_one_stays_when_the_newer_is_never_finished() throws IOException {
    write("older");
    assertThatThrownBy(() ->
            file.write(
                STAMP,
                out -> {
                  out.text("newer");
                  out.image(10, image -> image.fill((byte) 1));
                  throw new IOException("the disk is full");
                },
                () -> true))
        .hasMessage("the disk is full");
    assertThat(text()).isEqualTo("older");
    assertThat(ours()).hasSize(2);
  }

  @Test
  void what_a_killed_process_left_goes_with_the_next_one() throws IOException {
    write("older");
    Files.writeString(folder.resolve("part.0f.new"), "half of some");
    Files.writeString(folder.resolve("part.0f.0"), "half of an image");
    Files.writeString(folder.resolve("party"), "somebody else's");
    assertThat(text()).isEqualTo("older");
    write("newer");
    assertThat(text()).isEqualTo("newer");
    assertThat(ours()).hasSize(3);
    file.drop();
    assertThat(ours()).containsExactly(folder.resolve("party"));
  }

  @Test
  void one_that_is_not_wanted_any_more_changes_nothing() throws IOException {
    write("older");
    assertThat(file.write(STAMP, out -> out.text("newer"), () -> false)).isFalse();
    assertThat(text()).isEqualTo("older");
    assertThat(ours()).hasSize(2);
  }

  @Test
  void one_that_does_not_fit_is_not_read() throws IOException {
    write("something");
    assertThatThrownBy(() ->
            file.read(
                stamp -> {
                  throw new Part.Stale(stamp.mark());
                },
                (in, stamp) -> {
                  throw new AssertionError("it was read");
                }))
        .isInstanceOf(Part.Stale.class)
        .hasMessage("the mark");
  }

  private void write(String text) throws IOException {
    file.write(
        STAMP,
        out -> {
          out.text(text);
          out.image(10, image -> image.fill((byte) 1));
        },
        () -> true);
  }

  private String text() throws IOException {
    String[] text = {""};
    file.read(
        stamp -> {},
        (in, stamp) -> {
          text[0] = in.text();
          assertThat(in.image().byteSize()).isEqualTo(10);
        });
    return text[0];
  }

  private List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
