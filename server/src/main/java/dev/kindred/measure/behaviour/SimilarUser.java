package dev.kindred.measure.behaviour;

import dev.kindred.domain.UserId;
import java.util.List;

/**
 * Somebody who is like a user.
 *
 * @param similarity between 0 and 1, the same from either side
 * @param commonInterests the genres that both like most, at most five
 * @param sharedViews how many titles both viewed, completed, rated or liked
 */
public record SimilarUser(
    UserId user, double similarity, List<String> commonInterests, int sharedViews) {

  /** What the smaller part of the similarity is made of. */
  public enum GenreTerm {
    /** The cosine of how much each genre is liked. */
    COSINE,
    /** The overlap of the sets of genres that are liked at all. */
    JACCARD
  }

  public SimilarUser {
    commonInterests = List.copyOf(commonInterests);
  }
}
