package dev.kindred.learn;

import dev.kindred.domain.JsonObject;
import dev.kindred.json.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Into which slices users fall, and what their deeds count there.
 *
 * @param attributes of users, from the most general on
 * @param counting what a deed counts by its kind and age
 */
public record SegmentPlan(List<String> attributes, Counting counting) {

  /** The reference shop's. */
  public static final SegmentPlan USUAL =
      new SegmentPlan(List.of("geo_id", "gender", "age"), Counting.ALL_TIME);

  /** There are slices of every choice of them, so there must not be many. */
  public static final int ATTRIBUTES_MAX = 5;

  private static final long MICROS_A_DAY = 86_400_000_000L;

  private static final Pattern YEARS = Pattern.compile("[0-9]{1,3}");
  private static final int[] AGES = {18, 25, 35, 45, 55};

  public SegmentPlan {
    attributes = List.copyOf(attributes);
    if (attributes.size() > ATTRIBUTES_MAX) {
      throw new IllegalArgumentException(
          "at most " + ATTRIBUTES_MAX + " attributes make segments, got " + attributes);
    }
  }

  /** What a deed counts. */
  public enum Counting {
    /** A click one, a like three, for ever. */
    ALL_TIME,
    /** A click 3, 2 or 1 and a like 5, 3 or 1.5 in the last 7, 30 or 90 days; nothing before. */
    LAST_90_DAYS;

    double of(String kind, float usual, long ageMicros) {
      boolean isClick = kind.equals("click") || kind.equals("view");
      boolean isLike = kind.equals("like") || kind.equals("bookmark");
      if (this == ALL_TIME) return isClick ? 1 : isLike ? 3 : usual;
      long days = ageMicros / MICROS_A_DAY;
      int stage = days <= 7 ? 0 : days <= 30 ? 1 : days <= 90 ? 2 : 3;
      if (stage == 3) return 0;
      double like = new double[] {5, 3, 1.5}[stage];
      return isClick ? 3 - stage : isLike ? like : usual * like / 5;
    }
  }

  /** A user's values along the hierarchy; see {@link #path(Map)}. */
  public List<String> path(JsonObject user, Instant now) {
    return user.isEmpty() ? List.of() : path(values(user, now));
  }

  /**
   * Values along the hierarchy. One that is not known is empty, and where none behind is known the
   * path ends.
   */
  public List<String> path(Map<String, String> values) {
    var path = new ArrayList<String>(attributes.size());
    int known = 0;
    for (String attribute : attributes) {
      String value = values.getOrDefault(attribute, "");
      path.add(value);
      if (!value.isEmpty()) known = path.size();
    }
    return List.copyOf(path.subList(0, known));
  }

  /** Whether something that is called so says into which slice a user falls. */
  public boolean isAbout(String name) {
    return attributes.contains(name)
        || (attributes.contains("age") && (name.equals("age_group") || name.equals("birthday")));
  }

  /** What is said of a user, as text; an age or a birthday as the group that it is in. */
  public Map<String, String> values(JsonObject user, Instant now) {
    var values = new HashMap<String, String>();
    var reader = JsonReader.of(user);
    for (var fields = reader.object(); fields.next(); ) {
      String name = fields.name();
      switch (reader.kind()) {
        case STRING -> values.put(name, reader.string());
        case NUMBER -> values.put(name, reader.id());
        case BOOLEAN -> values.put(name, Boolean.toString(reader.bool()));
        default -> reader.skip();
      }
    }
    if (values.containsKey("gender")) values.put("gender", gender(values.get("gender")));
    String age = values.getOrDefault("age_group", values.get("age"));
    if (age == null && values.containsKey("birthday")) age = age(values.get("birthday"), now);
    if (age != null) values.put("age", ageGroup(age));
    return values;
  }

  /** {@code male} and {@code female} are {@code m} and {@code f}. */
  public static String gender(String said) {
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "male", "m" -> "m";
      case "female", "f" -> "f";
      default -> said;
    };
  }

  /** The group of an age in years; what is no number is a group already. */
  public static String ageGroup(String age) {
    if (!YEARS.matcher(age).matches()) return age;
    int years = Integer.parseInt(age);
    if (years < AGES[0]) return "0-17";
    for (int n = 1; n < AGES.length; n++) {
      if (years < AGES[n]) return AGES[n - 1] + "-" + (AGES[n] - 1);
    }
    return AGES[AGES.length - 1] + "+";
  }

  private static String age(String birthday, Instant now) {
    try {
      LocalDate born = LocalDate.parse(birthday.substring(0, Math.min(10, birthday.length())));
      return Long.toString(
          ChronoUnit.YEARS.between(born, now.atZone(ZoneOffset.UTC).toLocalDate()));
    } catch (DateTimeException notADate) {
      return "";
    }
  }
}
