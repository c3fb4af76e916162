package dev.kindred.store.jdbc;

import dev.kindred.domain.Unavailable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets SQLite's log onto the disk, apart from committing: so that the next transaction may go on
 * while the last ones are still on their way there.
 *
 * <p>A commit appends its pages to the log and hands them to the system. Each page carries a sum
 * over all before it, so after a power cut SQLite finds what was committed up to some transaction,
 * never one without those before it. Whoever has to know that theirs is among them calls {@link
 * #force} after the commit. Safe for any number of threads.
 */
final class LogOnDisk {

  private static final Logger LOG = LoggerFactory.getLogger(LogOnDisk.class);

  private final Path file;

  /**
   * After a failure the system may take for written what is lost, so nothing is believed any more.
   */
  private volatile boolean isBroken;

  LogOnDisk(Path file) {
    this.file = file;
  }

  /**
   * The log of a database, if it keeps one where SQLite usually does, in a folder that can be
   * forced; otherwise SQLite itself has to see to it.
   *
   * @param source of connections that want a log
   */
  static Optional<LogOnDisk> of(Path database, DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        // The log is made by whoever first looks into the file.
        ResultSet _ = statement.executeQuery("select count(*) from sqlite_schema")) {
      Path file = Path.of(database.toRealPath() + "-wal");
      if (!Files.isRegularFile(file)) return Optional.empty();
      // That the log is there at all stands in the folder, which SQLite leaves to its first force.
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
      return Optional.of(new LogOnDisk(file));
    } catch (SQLException | IOException notNow) {
      return Optional.empty();
    }
  }

  /**
   * Returns when all that was committed before is on the disk.
   *
   * @throws Unavailable when it cannot be told whether it is, now and from then on
   */
  void force() {
    requireSound();
    boolean interrupted = false;
    while (!isForced()) interrupted |= Thread.interrupted();
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** Once something could not be written, only a start finds out what is there. */
  void requireSound() {
    if (isBroken) throw Unavailable.database();
  }

  /** Returns false where an interrupt came in between. */
  private boolean isForced() {
    // Opened anew each time, so that it is the one that is there. SQLite holds no locks on this
    // file, which closing it would release.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
      return true;
    } catch (NoSuchFileException carriedOver) {
      // The last connection that is closed puts everything into the database, durably, first.
      return true;
    } catch (ClosedByInterruptException interrupted) {
      return false;
    } catch (IOException failure) {
      isBroken = true;
      LOG.error(
          "the log of the database cannot be written to the disk; nothing is taken any more",
          failure);
      throw Unavailable.database();
    }
  }
}
