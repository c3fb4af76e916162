package dev.kindred.collect;

import dev.kindred.domain.Interaction;
import java.util.List;
import java.util.Optional;

/**
 * What a caller says that a user did: one thing, or an order of several items.
 *
 * @param orderId what the caller calls the order
 * @param isOrder whether it was said as an order
 * @param tenant whose it is, where the caller says so here
 */
public record InteractionInput(
    List<Interaction> interactions,
    boolean isOrder,
    Optional<String> orderId,
    Optional<String> tenant) {

  public InteractionInput {
    interactions = List.copyOf(interactions);
  }
}
