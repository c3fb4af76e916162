package dev.kindred.embedded;

import dev.kindred.domain.Change;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Submission;
import dev.kindred.domain.Submission.Receipt;
import dev.kindred.domain.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Has changes of one tenant kept; what is refused is thrown. */
public record Keep(TenantId tenant, Function<Submission, Receipt> commit) {

  Outcome one(Change change) {
    return all(List.of(change)).getFirst();
  }

  /** Keeps all of them together; the first refusal among them is thrown. */
  List<Outcome> all(List<Change> changes) {
    List<Outcome> outcomes =
        commit.apply(new Submission(tenant, changes, Optional.empty())).outcomes();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Refused refused) throw refused.reason();
    }
    return outcomes;
  }
}
