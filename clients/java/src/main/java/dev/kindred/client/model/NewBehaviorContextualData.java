package dev.kindred.client.model;

import java.util.Map;

/** The circumstances; anything else may be added. */
public final class NewBehaviorContextualData extends Fields<NewBehaviorContextualData> {

  private NewBehaviorContextualData(Map<String, Object> values) {
    super(values);
  }

  /** Nothing said yet. */
  public static NewBehaviorContextualData empty() {
    return new NewBehaviorContextualData(Map.of());
  }

  @Override
  NewBehaviorContextualData made(Map<String, Object> values) {
    return new NewBehaviorContextualData(values);
  }

  /** Sets {@code timeOfDay}. */
  public NewBehaviorContextualData timeOfDay(String timeOfDay) {
    return with("timeOfDay", timeOfDay);
  }

  /** Sets {@code dayOfWeek}. */
  public NewBehaviorContextualData dayOfWeek(String dayOfWeek) {
    return with("dayOfWeek", dayOfWeek);
  }

  /** Sets {@code device}. */
  public NewBehaviorContextualData device(String device) {
    return with("device", device);
  }

  /** Sets {@code location}. */
  public NewBehaviorContextualData location(String location) {
    return with("location", location);
  }

  /** Sets {@code experimentName}. */
  public NewBehaviorContextualData experimentName(String experimentName) {
    return with("experimentName", experimentName);
  }

  /** Sets {@code experimentVariant}. */
  public NewBehaviorContextualData experimentVariant(String experimentVariant) {
    return with("experimentVariant", experimentVariant);
  }
}
