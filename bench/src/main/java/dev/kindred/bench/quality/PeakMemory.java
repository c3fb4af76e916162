package dev.kindred.bench.quality;

import dev.kindred.bench.process.ResidentMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** The most memory this process has held: resident where Linux tells, else the heap's peak. */
final class PeakMemory {
  private PeakMemory() {}

  static long megabytes() throws IOException {
    OptionalLong resident = ResidentMemory.most(ProcessHandle.current().pid());
    return resident.orElseGet(PeakMemory::ofHeap) >> 20;
  }

  private static long ofHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
