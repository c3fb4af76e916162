package dev.kindred.store.jdbc;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.RecordConversion;
import dev.kindred.domain.Change.RecordExposure;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.UserId;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many users coming into experiments and converting, made with few statements: what they need is
 * read at once, they are decided in memory in their order, and what they make is written at once.
 */
final class ExperimentBatch {

  private final Appending appending;
  private final Map<TenantId, ExperimentPart> parts = new LinkedHashMap<>();

  private ExperimentBatch(Appending appending) {
    this.appending = appending;
  }

  /** Whether changes of this kind can be made in a batch. */
  static boolean takes(Change change) {
    return change instanceof RecordExposure || change instanceof RecordConversion;
  }

  static void run(Appending appending, List<Step> steps, @Nullable Outcome[] outcomes)
      throws SQLException {
    var batch = new ExperimentBatch(appending);
    for (Step step : steps) batch.part(step.tenant()).need(step.change());
    for (ExperimentPart part : batch.parts.values()) part.load();
    for (Step step : steps) {
      try {
        outcomes[step.index()] = batch.part(step.tenant()).decide(step.change());
      } catch (KindredException e) {
        outcomes[step.index()] = new Outcome.Refused(e);
      }
    }
    for (ExperimentPart part : batch.parts.values()) part.write();
  }

  private ExperimentPart part(TenantId tenant) throws SQLException {
    ExperimentPart part = parts.get(tenant);
    if (part == null) {
      part = new ExperimentPart(appending, TenantPart.of(appending, tenant));
      parts.put(tenant, part);
    }
    return part;
  }

  static String experimentOf(Change change) {
    return switch (change) {
      case RecordExposure exposure -> exposure.experiment();
      case RecordConversion conversion -> conversion.experiment();
      default -> throw notForThis(change);
    };
  }

  static UserId userOf(Change change) {
    return switch (change) {
      case RecordExposure exposure -> exposure.user();
      case RecordConversion conversion -> conversion.user();
      default -> throw notForThis(change);
    };
  }

  static IllegalArgumentException notForThis(Change change) {
    return new IllegalArgumentException("not about an experiment's users: " + change);
  }
}
