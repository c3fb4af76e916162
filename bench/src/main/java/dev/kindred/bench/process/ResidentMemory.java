package dev.kindred.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory of the machine a process holds, in bytes, where Linux tells; none once it has
 * ended.
 */
public final class ResidentMemory {

  private ResidentMemory() {}

  public static OptionalLong now(long pid) throws IOException {
    return read(pid, "VmRSS:");
  }

  /** The most that it ever held. */
  public static OptionalLong most(long pid) throws IOException {
    return read(pid, "VmHWM:");
  }

  private static OptionalLong read(long pid, String what) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) return OptionalLong.empty();
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(what)) {
        return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) << 10);
      }
    }
    return OptionalLong.empty();
  }
}
