package dev.kindred.learn;

import dev.kindred.domain.JsonObject;
import dev.kindred.engine.History;
import dev.kindred.engine.Model;
import dev.kindred.engine.blend.Blend;
import dev.kindred.engine.blend.Weighing;
import dev.kindred.engine.blend.Weighing.Reading;
import dev.kindred.engine.neighbours.UserNeighbours;

/**
 * What was learned about a shelf from the log up to a position. Never changes.
 *
 * @param name made from the content
 * @param items those with a smaller index were there
 * @param model takes histories that are weighed; its {@link Model#base} is popularity
 * @param popular the items with a base, the greatest first
 * @param half the score that counts one half, where scores of several sources are compared
 * @param live what a live neighbour counts, beside those of the model
 * @param common what the vectors of all items have in common
 * @param contentShare what contents count in the best mix with what users did
 * @param report what was tried, how it did, what was chosen and why
 */
@SuppressWarnings("ArrayRecordComponent")
public record Learned(
    String name,
    long position,
    int items,
    Model model,
    Weighing weighing,
    int[] popular,
    float half,
    float live,
    float[] common,
    float contentShare,
    JsonObject report) {

  /** Nothing yet: live neighbours have to do. */
  public static final Learned NOTHING =
      new Learned(
          "none",
          0,
          0,
          new Nothing(),
          new Weighing(Reading.GIVEN, 0f),
          new int[0],
          0.5f,
          1f,
          new float[0],
          Float.NaN,
          JsonObject.EMPTY);

  Learned named(String other) {
    return new Learned(
        other, position, items, model, weighing, popular, half, live, common, contentShare, report);
  }

  /** Whether it goes by users who are alike, not by items that are. */
  public boolean isByUsers() {
    return model instanceof Blend blend
        && !blend.all().isEmpty()
        && blend.all().stream().allMatch(part -> part.model() instanceof UserNeighbours);
  }

  public boolean isNothing() {
    return items == 0;
  }

  private record Nothing() implements Model {
    @Override
    public int items() {
      return 0;
    }

    @Override
    public void addScores(History history, float scale, float[] scores) {}

    @Override
    public float[] parts(History history, int item) {
      return new float[history.size()];
    }
  }
}
