package dev.kindred.bench.quality;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory this process has held: resident where Linux tells, else the heap's peak. */
final class PeakMemory {
  private PeakMemory() {}

  static long megabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      try (var lines = Files.lines(status)) {
        var resident = lines.filter(line -> line.startsWith("VmHWM:")).findFirst();
        if (resident.isPresent())
          return Long.parseLong(resident.get().replaceAll("\\D", "")) / 1024;
      }
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }
}
