package dev.kindred.command;

import dev.kindred.transfer.ImportReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says how far an import is, how fast it goes and how long it will take; a line a second at most.
 */
final class ImportProgress implements Consumer<ImportReport> {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

  private final FileChannel file;
  private final PrintWriter err;
  private final LongSupplier nanos;
  private final long began;
  private long told;

  /**
   * @param file the file that is read; where it stands says how much is left
   * @param nanos the present moment, as {@link System#nanoTime} tells it
   */
  ImportProgress(FileChannel file, PrintWriter err, LongSupplier nanos) {
    this.file = file;
    this.err = err;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.told = began;
  }

  @Override
  public void accept(ImportReport report) {
    long now = nanos.getAsLong();
    if (now - told < BETWEEN_LINES.toNanos()) return;
    told = now;
    double seconds = (now - began) / 1e9;
    double share = share();
    err.printf(
        "%,d records, %,.0f a second, %.0f %%, about %s left%n",
        report.total(),
        report.total() / seconds,
        100 * share,
        shown(seconds * (1 - share) / Math.max(share, 1e-6)));
    err.flush();
  }

  /** How long it took, and how fast that was. */
  String took(ImportReport report) {
    double seconds = (nanos.getAsLong() - began) / 1e9;
    return "%.1f s, %,.0f a second".formatted(seconds, report.total() / Math.max(seconds, 1e-3));
  }

  private double share() {
    try {
      return file.size() == 0 ? 1 : (double) file.position() / file.size();
    } catch (ClosedChannelException readToTheEnd) {
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(double seconds) {
    if (seconds < 60) return "%.0f s".formatted(seconds);
    if (seconds < 3_600) return "%.0f min".formatted(seconds / 60);
    return "%.1f h".formatted(seconds / 3_600);
  }
}
