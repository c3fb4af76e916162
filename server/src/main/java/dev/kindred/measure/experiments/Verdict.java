package dev.kindred.measure.experiments;

import java.util.Optional;

/**
 * Who has won, and why nobody has where that is so.
 *
 * @param isSampleReached whether each variant has as many users as the design asks for
 */
public record Verdict(Optional<String> winner, boolean isSampleReached, String why) {}
