package dev.kindred.measure.experiments;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.Experiment.State;
import dev.kindred.domain.UserId;
import dev.kindred.domain.Variant;
import dev.kindred.store.Experiments;
import dev.kindred.store.Experiments.Exposure;
import java.util.Optional;

/**
 * A user who comes to an experiment again, so that nothing has to be kept.
 *
 * @param exposure how they came first; absent where the experiment is over and all get its winner
 */
public record Arrival(Variant variant, Optional<Exposure> exposure) {

  /** The user's variant, if it is settled already. Most come again and again. */
  public static Optional<Arrival> known(
      Experiments experiments, Experiment experiment, UserId user) {
    var design = experiment.design();
    if (experiment.state() == State.CONCLUDED) {
      int won = design.requireVariant(experiment.winner().orElseThrow());
      return Optional.of(new Arrival(design.variants().get(won), Optional.empty()));
    }
    return experiments
        .exposure(experiment.name(), user)
        .map(before -> new Arrival(design.variants().get(before.variant()), Optional.of(before)));
  }
}
