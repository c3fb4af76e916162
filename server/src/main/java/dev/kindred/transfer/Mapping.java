package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.transfer.RecordPlan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which column is for what: what somebody said comes first, then the names that a preset
 * and everybody knows. What is left becomes attributes; of interactions it is left out.
 */
final class Mapping {

  private static final Cell NOTHING = Cell.plain("");

  /** By what is in the name of a file that Recombee's users keep for each type. */
  private static final Map<String, String> TYPES_BY_FILE = new LinkedHashMap<>();

  static {
    TYPES_BY_FILE.put("purchase", "purchase");
    TYPES_BY_FILE.put("cart", "add_to_cart");
    TYPES_BY_FILE.put("bookmark", "bookmark");
    TYPES_BY_FILE.put("rating", "rating");
    TYPES_BY_FILE.put("view", "view");
  }

  private final ImportOptions options;
  private final String fileName;
  private final List<String> columns;
  private final List<ColumnType> types;
  private final Preset preset;
  private final RecordKind kind;
  private final boolean isOurs;
  private final boolean[] used;
  private final Map<Target, Step> steps = new LinkedHashMap<>();

  private Mapping(
      ImportOptions options, String fileName, List<String> columns, List<ColumnType> types) {
    this.options = options;
    this.fileName = fileName.toLowerCase(Locale.ROOT);
    this.columns = columns;
    this.types = types;
    this.used = new boolean[columns.size()];
    this.preset = options.preset().orElseGet(this::guessPreset);
    this.kind = options.kind().orElseGet(this::guessKind);
    this.isOurs = ExportColumns.areOurs(kind, columns);
  }

  /**
   * The plan for records with these columns.
   *
   * @param types what is known about each column, where that is more than its name
   */
  static RecordPlan of(
      ImportOptions options, String fileName, List<String> columns, List<ColumnType> types) {
    return new Mapping(options, fileName, columns, types).plan();
  }

  private RecordPlan plan() {
    options.map().forEach(this::mapAsTold);
    if (isOurs) mapAsExported();
    else mapByNames();
    if (kind == RecordKind.INTERACTIONS) mapRating();
    Map<String, String> fills = new LinkedHashMap<>(preset.fills());
    typeOfFile().ifPresent(type -> fills.put("interaction_type", type));
    if (kind == RecordKind.ENTITIES) fills.putIfAbsent("entity_type", "product");
    fills.keySet().removeIf(name -> Target.find(kind, name).isEmpty());
    fills.forEach((name, value) -> fill(Target.field(name), value, false));
    options.fill().forEach((name, value) -> fill(Target.require(kind, name), value, true));
    List<String> unused = useTheRest();
    requireAll();
    return new RecordPlan(kind, List.copyOf(steps.values()), unused);
  }

  private Preset guessPreset() {
    boolean isMovieLens = columns.stream().anyMatch(column -> column.equals("movieId"));
    return isMovieLens ? Preset.MOVIELENS : Preset.COMMON;
  }

  private RecordKind guessKind() {
    boolean user = isKnown("user_id");
    boolean entity = isKnown("entity_id");
    if (user && entity) return RecordKind.INTERACTIONS;
    if (entity) return RecordKind.ENTITIES;
    if (user) return RecordKind.USERS;
    if (columns.isEmpty()) {
      throw new InvalidRequest(
          "the first record has no fields; it wants at least the id of an entity or of a user");
    }
    throw new InvalidRequest(
        "no column is known to hold the ids of entities or users; there are "
            + String.join(", ", columns)
            + "; name them, for example --map user_id="
            + columns.getFirst());
  }

  private boolean isKnown(String target) {
    return options.map().containsKey(target)
        || options.fill().containsKey(target)
        || find(target).isPresent();
  }

  private void mapAsTold(String name, String column) {
    Target target = Target.require(kind, name);
    ColumnChoice choice = ColumnChoice.parse(column);
    int index = choice.indexIn(columns);
    if (index < 0) {
      // A name with a colon or a bracket of its own.
      choice = new ColumnChoice(column, Optional.empty(), "");
      index = choice.indexIn(columns);
    }
    if (index < 0) throw ColumnChoice.parse(column).unknown(columns);
    use(target, index, choice.shape().orElse(target.shape()), choice.separator());
  }

  private void mapAsExported() {
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      Target.find(kind, columns.get(i)).ifPresent(target -> use(target, index));
      used[i] = true;
    }
  }

  private void mapByNames() {
    for (String name : Target.fieldsOf(kind)) {
      Target target = Target.field(name);
      if (!steps.containsKey(target)) find(name).ifPresent(index -> use(target, index));
    }
    for (String name : preset.targets()) {
      Optional<Target> target = Target.find(kind, name).filter(found -> !steps.containsKey(found));
      if (target.isPresent()) find(name).ifPresent(index -> use(target.get(), index));
    }
  }

  /** A column of ratings is both how much and of what type, unless somebody says otherwise. */
  private void mapRating() {
    Target weight = Target.field("weight");
    if (steps.containsKey(weight)) return;
    for (int i = 0; i < columns.size(); i++) {
      if (used[i] || !Preset.plain(columns.get(i)).equals("rating")) continue;
      use(weight, i);
      fill(Target.field("interaction_type"), "rating", false);
      return;
    }
  }

  private Optional<String> typeOfFile() {
    if (kind != RecordKind.INTERACTIONS) return Optional.empty();
    if (preset == Preset.MOVIELENS && steps.containsKey(new Target(Target.Place.METADATA, "tag"))) {
      return Optional.of("tag");
    }
    if (preset != Preset.RECOMBEE) return Optional.empty();
    return TYPES_BY_FILE.entrySet().stream()
        .filter(type -> fileName.contains(type.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Columns that name their place themselves, and those that become attributes. */
  private List<String> useTheRest() {
    if (preset == Preset.MOVIELENS && kind == RecordKind.ENTITIES && columns.contains("tmdbId")) {
      throw new NothingToTakeIn(
          "links.csv holds what films are called elsewhere; taken in, it would replace what"
              + " movies.csv says of them");
    }
    var unused = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      if (used[i]) continue;
      String column = columns.get(i);
      Optional<Target> own = Target.find(kind, column).filter(target -> !steps.containsKey(target));
      if (own.isPresent()) use(own.get(), i);
      else if (kind == RecordKind.INTERACTIONS || column.isBlank() || hasWholeAttributes())
        unused.add(column);
      else attribute(column, i);
    }
    return unused;
  }

  private boolean hasWholeAttributes() {
    return steps.containsKey(Target.field("attributes"));
  }

  private void attribute(String column, int index) {
    String separator = preset.separatorIn(column);
    use(Target.attribute(column), index, separator.isEmpty() ? Shape.VALUE : Shape.LIST, separator);
  }

  private void fill(Target target, String value, boolean isTold) {
    Step known = steps.get(target);
    if (known != null && !isTold && known.index() < 0) return;
    Cell cell = Cell.plain(value);
    Step filled =
        known == null
            ? new Step(target, "(none)", -1, target.shape(), "", ColumnType.TEXTS, cell, preset)
            : new Step(
                target,
                known.column(),
                known.index(),
                known.shape(),
                known.separator(),
                known.type(),
                cell,
                preset);
    steps.put(target, filled);
  }

  private void use(Target target, int index) {
    use(target, index, target.shape(), "");
  }

  private void use(Target target, int index, Shape shape, String separator) {
    used[index] = true;
    ColumnType type = index < types.size() ? types.get(index) : ColumnType.TEXTS;
    steps.put(
        target,
        new Step(target, columns.get(index), index, shape, separator, type, NOTHING, preset));
  }

  /** The column that is called like the target, or as systems call it. */
  private Optional<Integer> find(String target) {
    var names = new ArrayList<String>();
    names.add(Preset.plain(target));
    names.addAll(preset.namesOf(target));
    names.addAll(Preset.COMMON.namesOf(target));
    boolean isId =
        options.kind().isPresent()
            && Target.requiredOf(options.kind().get()).equals(List.of(target));
    if (isId) names.add("id");
    for (String name : names) {
      for (int i = 0; i < columns.size(); i++) {
        if (!used[i] && Preset.plain(columns.get(i)).equals(name)) return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private void requireAll() {
    for (String name : Target.requiredOf(kind)) {
      if (steps.containsKey(Target.field(name))) continue;
      String hint =
          Set.of("interaction_type").contains(name)
              ? "--fill interaction_type=view gives every record one"
              : "name it, for example --map " + name + "=" + columns.getFirst();
      throw new InvalidRequest(
          "no column is known to hold "
              + name
              + "; there are "
              + String.join(", ", columns)
              + "; "
              + hint);
    }
    if (steps.containsKey(Target.field("attributes"))) {
      steps.keySet().removeIf(target -> target.place() == Target.Place.ATTRIBUTE);
    }
    if (steps.containsKey(Target.field("metadata"))) {
      steps.keySet().removeIf(target -> target.place() == Target.Place.METADATA);
    }
  }
}
