package dev.kindred.http;

import dev.kindred.domain.AttributeFilter.Condition;
import dev.kindred.domain.AttributeFilter.Operator;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.learn.SegmentPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a shop's page sends: for whom, what must be met, and which page.
 *
 * @param visitor geo, gender and age, as they are known
 * @param conditions that every item must meet
 */
record StorefrontBody(
    Optional<String> user,
    Map<String, String> visitor,
    Optional<String> category,
    List<Condition> conditions,
    int page,
    int limit) {

  private static final int PAGE_MAX = 1_000_000;
  private static final double PRICE_MAX = 1e12;

  /** An age, from one to another, or from one on. */
  private static final Pattern AGES =
      Pattern.compile("[0-9]{1,3}-[0-9]{1,3}|[0-9]{1,3}\\+|[0-9]{1,3}");

  /** What stands for every value of a kind. */
  private static final String ANY = "any";

  /** How long a page is where nobody says, and at most. */
  record Sizes(int usual, int most) {}

  /** Reads {@code /popular}. */
  static StorefrontBody popular(JsonReader reader, Sizes sizes) {
    var body = new Reading(sizes);
    @Nullable String params = null;
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "user_params" -> {
          body.readVisitor(reader);
          params = "";
        }
        case "user_id" -> body.user = reader.id(UserId::new).value();
        default -> body.readRest(reader, fields);
      }
    }
    fields.require("user_params", params);
    return body.done();
  }

  /** Reads {@code /personalized}. */
  static StorefrontBody personalized(JsonReader reader, Sizes sizes) {
    var body = new Reading(sizes);
    var fields = reader.object();
    while (fields.next()) {
      switch (fields.name()) {
        case "user_id" -> body.user = reader.id(UserId::new).value();
        case "geo_id" -> body.visitor.put("geo_id", reader.id());
        default -> body.readRest(reader, fields);
      }
    }
    fields.require("user_id", body.user);
    fields.require("geo_id", body.visitor.get("geo_id"));
    return body.done();
  }

  /** A gender as it is kept: {@code m} or {@code f}. */
  static String gender(JsonReader reader) {
    String said = reader.string();
    String gender = SegmentPlan.gender(said);
    if (gender.equals("m") || gender.equals("f")) return gender;
    throw reader.invalid("must be m, f, male or female, got " + Shown.value(said));
  }

  /** An age, or a group of ages. */
  static String ageGroup(JsonReader reader) {
    if (reader.kind() == JsonReader.Kind.NUMBER) {
      return SegmentPlan.ageGroup(Long.toString(reader.integer(0, 150)));
    }
    String said = reader.string();
    if (AGES.matcher(said).matches()) {
      return SegmentPlan.ageGroup(said);
    }
    throw reader.invalid(
        "must be an age or a group such as 25-34 or 55+, got " + Shown.value(said));
  }

  private static final class Reading {
    private final Map<String, String> visitor = new HashMap<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final Sizes sizes;
    private @Nullable String user;
    private @Nullable String category;
    private int page = 1;
    private int limit;

    Reading(Sizes sizes) {
      this.sizes = sizes;
      this.limit = sizes.usual();
    }

    void readVisitor(JsonReader reader) {
      var fields = reader.object();
      while (fields.next()) {
        switch (fields.name()) {
          case "geo_id" -> visitor.put("geo_id", reader.id());
          case "gender" -> {
            if (!isAny(reader)) visitor.put("gender", gender(reader));
          }
          case "age" -> {
            if (!isAny(reader)) visitor.put("age", ageGroup(reader));
          }
          case "category" -> category = text(reader);
          default -> fields.unknown();
        }
      }
      fields.require("geo_id", visitor.get("geo_id"));
    }

    /** Passes over a text that says that it does not matter. */
    private static boolean isAny(JsonReader reader) {
      return reader.kind() == JsonReader.Kind.STRING && reader.skipIfText(ANY);
    }

    void readRest(JsonReader reader, JsonReader.Fields fields) {
      switch (fields.name()) {
        case "filters" -> readFilters(reader);
        case "pagination" -> readPagination(reader);
        default -> fields.unknown();
      }
    }

    private void readFilters(JsonReader reader) {
      double from = Double.NaN;
      double to = Double.NaN;
      String place = reader.pointer();
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "price_from" -> from = reader.number(0, PRICE_MAX);
          case "price_to" -> to = reader.number(0, PRICE_MAX);
          case "category", "suitable_for", "acquaintance_level", "platform" ->
              conditions.add(new Condition(fields.name(), Operator.IN, List.of(text(reader))));
          case "gender" ->
              conditions.add(new Condition("gender", Operator.IN, orAny(genderOrAny(reader))));
          case "age" -> conditions.add(new Condition("age", Operator.IN, orAny(age(reader))));
          default ->
              throw reader.invalid(
                  "is no filter; there are price_from, price_to, category, suitable_for,"
                      + " acquaintance_level, platform, gender and age");
        }
      }
      if (to <= from) {
        throw InvalidRequest.at(
            place + "/price_to", "must be greater than price_from, got " + to + " and " + from);
      }
      if (!Double.isNaN(from)) conditions.add(price(Operator.AT_LEAST, from));
      if (!Double.isNaN(to)) conditions.add(price(Operator.AT_MOST, to));
    }

    private static Condition price(Operator operator, double bound) {
      return new Condition("price", operator, List.of(Double.toString(bound)));
    }

    private static String genderOrAny(JsonReader reader) {
      return isAny(reader) ? ANY : gender(reader);
    }

    private static String age(JsonReader reader) {
      return isAny(reader) ? ANY : ageGroup(reader);
    }

    /** What is for anybody is also for one of them. */
    private static List<String> orAny(String value) {
      return value.equals(ANY) ? List.of(ANY) : List.of(value, ANY);
    }

    private static String text(JsonReader reader) {
      String text = reader.string();
      if (!text.isEmpty() && text.length() <= 255) return text;
      throw reader.invalid("must have 1 to 255 characters, got " + text.length());
    }

    private void readPagination(JsonReader reader) {
      for (var fields = reader.object(); fields.next(); ) {
        switch (fields.name()) {
          case "page" -> page = (int) reader.integer(1, PAGE_MAX);
          case "limit" -> limit = (int) reader.integer(1, sizes.most());
          default -> fields.unknown();
        }
      }
    }

    StorefrontBody done() {
      return new StorefrontBody(
          Optional.ofNullable(user),
          Map.copyOf(visitor),
          Optional.ofNullable(category),
          List.copyOf(conditions),
          page,
          limit);
    }
  }
}
