package dev.kindred.checkpoint;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * The checkpoint of one part: a file, and one beside it for each image.
 *
 * <p>It is written under another name, flushed to the disk and renamed, so that there is always the
 * older one or the newer one. The last bytes are a checksum of all before them; one that is torn is
 * as good as none. One thread at a time may call {@link #write}.
 */
public final class CheckpointFile {
  /** Changes with what is written in here; what parts write, they tell apart themselves. */
  private static final long MAGIC = 0x0001_544E_494F_5043L;

  private static final int CHECKED_AT_ONCE = 1 << 20;
  private static final String BEING_WRITTEN = ".new";

  private final Path folder;
  private final String name;

  /**
   * @param folder is made when something is written
   * @param name begins the names of all its files, and those of nobody else's
   */
  public CheckpointFile(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Of what a state is.
   *
   * @param madeBy everything beside the log that it depends on
   * @param position of the log
   * @param mark tells the log up to there from others
   */
  public record Stamp(String madeBy, long position, String mark) {}

  /** Whether a stamp fits what is here now. */
  @FunctionalInterface
  public interface Fitting {
    /** Throws {@link Part.Stale} if it does not. */
    void check(Stamp stamp) throws IOException;
  }

  /** Takes what is in it. */
  @FunctionalInterface
  public interface Reader {
    void read(Input in, Stamp stamp) throws IOException;
  }

  public boolean exists() {
    return Files.exists(path());
  }

  /**
   * Replaces what is there.
   *
   * @param stillWanted asked at the very end; where it says no, all stays as it was
   * @return whether it was wanted
   */
  public boolean write(Stamp stamp, Piece piece, BooleanSupplier stillWanted) throws IOException {
    Files.createDirectories(folder);
    var images = new ImageFiles(folder, name + "." + UUID.randomUUID() + ".");
    Path fresh = folder.resolve(name + "." + UUID.randomUUID() + BEING_WRITTEN);
    boolean isDone = false;
    try {
      try (var file = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
        var out = new Output(file, images);
        out.number(MAGIC);
        out.text(stamp.madeBy());
        out.number(stamp.position());
        out.text(stamp.mark());
        piece.write(out);
        out.finish();
        file.force(true);
      }
      synchronized (this) {
        if (!stillWanted.getAsBoolean()) return false;
        Files.move(fresh, path(), ATOMIC_MOVE, REPLACE_EXISTING);
        isDone = true;
      }
      try (var itself = FileChannel.open(folder, READ)) {
        itself.force(true);
      }
      return true;
    } finally {
      if (isDone) removeAllBut(images.written());
      else removeAll(images.written(), fresh);
    }
  }

  /**
   * Hands over what is there, if it is whole and fits.
   *
   * @throws NoSuchFileException where there is none
   * @throws IOException where it does not fit or is damaged; nothing may have been taken over then
   */
  public void read(Fitting fitting, Reader reader) throws IOException {
    try (var file = FileChannel.open(path(), READ)) {
      requireWhole(file);
      file.position(0);
      var in = new Input(file, image -> ImageFiles.open(folder, image));
      if (in.longNumber() != MAGIC) throw new Part.Stale("it is of another version");
      var stamp = new Stamp(in.text(), in.longNumber(), in.text());
      fitting.check(stamp);
      reader.read(in, stamp);
    }
  }

  /** Removes it, and whatever was left of others. */
  public synchronized void drop() throws IOException {
    Files.deleteIfExists(path());
    removeAllBut(Set.of());
  }

  private static void requireWhole(FileChannel file) throws IOException {
    long left = file.size() - Long.BYTES;
    if (left < 2 * Long.BYTES) throw new Part.Stale("it is cut off");
    var sum = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(CHECKED_AT_ONCE);
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, CHECKED_AT_ONCE));
      if (file.read(buffer) < 0) throw new Part.Stale("it is cut off");
      left -= buffer.position();
      sum.update(buffer.flip());
    }
    var tail = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (tail.hasRemaining()) {
      if (file.read(tail) < 0) throw new Part.Stale("it is cut off");
    }
    if (tail.flip().getLong() != sum.getValue()) throw new Part.Stale("its checksum is wrong");
  }

  private Path path() {
    return folder.resolve(name);
  }

  private static void removeAll(Set<Path> images, Path fresh) throws IOException {
    Files.deleteIfExists(fresh);
    for (Path image : images) Files.deleteIfExists(image);
  }

  /** What a process left that was killed while it wrote goes as well. */
  private void removeAllBut(Set<Path> kept) throws IOException {
    for (Path file : ours()) if (!kept.contains(file)) Files.deleteIfExists(file);
  }

  private List<Path> ours() throws IOException {
    var ours = new ArrayList<Path>();
    if (!Files.isDirectory(folder)) return ours;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + ".*")) {
      files.forEach(ours::add);
    }
    return ours;
  }
}
