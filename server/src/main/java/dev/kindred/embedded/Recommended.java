package dev.kindred.embedded;

import dev.kindred.domain.ServedBy;
import dev.kindred.recommend.Recommendation;
import java.util.Optional;

/**
 * A list that was asked for.
 *
 * @param id to be given with what users do with it
 * @param experiment by whose variant it was made
 */
public record Recommended(
    String id, Recommendation recommendation, Optional<ServedBy> experiment) {}
