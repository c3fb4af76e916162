package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.collect.Warnings;
import dev.kindred.domain.Change;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission.RememberedAnswer;
import dev.kindred.domain.TenantId;
import dev.kindred.transfer.Importer.Rejects;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Records that are kept together in one transaction, those that could not be read among them. It
 * holds them as they stand in the file too, for the rejects.
 */
final class ImportBatch {

  private static final int FINGERPRINT_BYTES = 16;

  private final int recordsMax;
  private final List<Change> changes;
  private final List<String> reasons = new ArrayList<>();
  private byte[] text = new byte[64 << 10];

  // By record: the line, where its text ends, and how many changes it has; -1 could not be read.
  private final long[] lines;
  private final int[] ends;
  private final int[] changesOf;
  private int records;

  ImportBatch(int recordsMax) {
    this.recordsMax = recordsMax;
    this.changes = new ArrayList<>(recordsMax);
    this.lines = new long[recordsMax];
    this.ends = new int[recordsMax];
    this.changesOf = new int[recordsMax];
  }

  boolean hasRoom(long bytesMax) {
    return records < recordsMax && textBytes() < bytesMax;
  }

  int size() {
    return records;
  }

  List<Change> changes() {
    return changes;
  }

  /** Takes the record at which the source is. */
  void add(Source source, RecordIntake intake, TenantId tenant) {
    copyText(source);
    lines[records] = source.line();
    int before = changes.size();
    try {
      intake.read(source.kind(), tenant, source.record(), changes);
      changesOf[records] = changes.size() - before;
    } catch (KindredException refused) {
      reasons.add(refused.sentence());
      changesOf[records] = -1;
    }
    records++;
  }

  private void copyText(Source source) {
    int from = textBytes();
    int to = from + source.bytes();
    if (to > text.length) text = Arrays.copyOf(text, Math.max(to, 2 * text.length));
    source.copyTo(text, from);
    ends[records] = to;
  }

  int textBytes() {
    return records == 0 ? 0 : ends[records - 1];
  }

  /** What tells these records from any others. */
  String fingerprint(MessageDigest digest) {
    digest.reset();
    digest.update(text, 0, textBytes());
    for (int i = 0; i < records; i++) digest.update((byte) (ends[i] & 0xff));
    return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
  }

  RememberedAnswer remember(String fingerprint, List<Outcome> outcomes) {
    ImportTally tally = tally(outcomes);
    return RememberedAnswer.ofRows(fingerprint, tally.toJson(), tally.hasRemarks());
  }

  /** What became of them; of those that could not be read only, where nothing was kept. */
  ImportTally tally(List<Outcome> outcomes) {
    var tally = new ImportTally(recordsMax);
    int next = 0;
    int nextUnread = 0;
    for (int i = 0; i < records; i++) {
      if (changesOf[i] < 0) {
        tally.refused(lines[i], reasons.get(nextUnread++));
      } else {
        tally(tally, lines[i], outcomes.subList(next, next + changesOf[i]));
        next += changesOf[i];
      }
    }
    return tally;
  }

  /** What would become of them, as far as one can tell without the store. */
  ImportTally tallyUnkept() {
    var tally = new ImportTally(recordsMax);
    int nextUnread = 0;
    for (int i = 0; i < records; i++) {
      if (changesOf[i] < 0) tally.refused(lines[i], reasons.get(nextUnread++));
      else tally.kept(false, 0);
    }
    return tally;
  }

  private static void tally(ImportTally tally, long line, List<Outcome> outcomes) {
    boolean duplicate = true;
    long position = 0;
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Refused refused -> {
          tally.refused(line, refused.reason().sentence());
          return;
        }
        case Outcome.InteractionStored stored -> {
          if (!stored.typeIsRegistered()) tally.warn(Warnings.unregistered(stored.interaction()));
          duplicate &= stored.duplicate();
          position = stored.position();
        }
        case Outcome.EntityStored stored -> {
          duplicate = false;
          position = stored.position();
        }
        case Outcome.UserStored stored -> {
          duplicate = false;
          position = stored.position();
        }
        default -> throw new AssertionError("not the outcome of a record: " + outcome);
      }
    }
    tally.kept(duplicate, position);
  }

  /** Hands over what was refused, with the reason and as it stands in the file. */
  void reject(ImportTally tally, Rejects rejects) throws IOException {
    int record = 0;
    for (ImportReport.Problem problem : tally.problems()) {
      while (record < records && lines[record] != problem.line()) record++;
      if (record == records) return;
      int from = record == 0 ? 0 : ends[record - 1];
      rejects.take(
          problem.line(), problem.reason(), new String(text, from, ends[record] - from, UTF_8));
    }
  }
}
