package dev.kindred.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The images of one checkpoint, each a file that is mapped. */
final class ImageFiles implements Output.Images {
  private static final int AT_ONCE = 1 << 20;

  private final Path folder;
  private final String prefix;
  private final Set<Path> written = new HashSet<>();

  ImageFiles(Path folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  Set<Path> written() {
    return written;
  }

  @Override
  public String write(long bytes, Consumer<MemorySegment> image) throws IOException {
    Path path = folder.resolve(prefix + written.size());
    written.add(path);
    try (var file = FileChannel.open(path, CREATE_NEW, READ, WRITE)) {
      takeRoom(file, bytes);
      try (Arena mapped = Arena.ofConfined()) {
        MemorySegment segment = file.map(MapMode.READ_WRITE, 0, bytes, mapped);
        image.accept(segment);
        segment.force();
      }
      file.force(true);
      return path.getFileName() + " " + bytes + " " + sum(file, bytes);
    }
  }

  /** A full disk is found out here; written through a mapping, it would end the program. */
  private static void takeRoom(FileChannel file, long bytes) throws IOException {
    var zeros = ByteBuffer.allocateDirect(AT_ONCE);
    for (long left = bytes; left > 0; ) {
      zeros.clear().limit((int) Math.min(left, AT_ONCE));
      left -= file.write(zeros);
    }
  }

  /** Opens one for reading; it stays mapped as long as anybody refers to it. */
  static MemorySegment open(Path folder, String said) throws IOException {
    String[] parts = said.split(" ", -1);
    if (parts.length != 3) throw new Part.Stale("there is no image '" + said + "'");
    long bytes = Long.parseLong(parts[1]);
    try (var file = FileChannel.open(folder.resolve(parts[0]), READ)) {
      if (file.size() != bytes || sum(file, bytes) != Long.parseLong(parts[2])) {
        throw new Part.Stale("the image '" + said + "' is damaged");
      }
      return file.map(MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
    }
  }

  /** Read, not mapped: what is mapped and looked at counts as memory of the process. */
  private static long sum(FileChannel file, long bytes) throws IOException {
    var sum = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(AT_ONCE);
    file.position(0);
    for (long left = bytes; left > 0; ) {
      buffer.clear();
      int count = file.read(buffer);
      if (count < 0) throw new Part.Stale("an image is cut off");
      left -= count;
      sum.update(buffer.flip());
    }
    return sum.getValue();
  }
}
