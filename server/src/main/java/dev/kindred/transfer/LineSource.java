package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.json.JsonLines;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonReader.Kind;
import dev.kindred.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records that are objects, one a line (NDJSON): the API's own, or others whose fields are mapped.
 */
final class LineSource implements Source {

  static final int LINE_BYTES_MAX = 1 << 20;

  /** Records of one file mostly have the same fields; so many sets of them are remembered. */
  private static final int SHAPES_MAX = 64;

  /** What exports say of records, and what only storing them tells. */
  private static final Set<String> TOLD_BY_THE_STORE =
      Set.of("/created_at", "/updated_at", "/interaction_count", "/position", "/id");

  private final InputStream in;
  private final JsonLines lines;
  private final ImportOptions options;
  private final String fileName;
  private final boolean isDirect;
  private final Map<List<String>, RecordPlan> plans = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private final JsonWriter json = new JsonWriter();
  private final Set<String> warnings = new LinkedHashSet<>();
  private @Nullable JsonReader newest; // null until a record of the API's own is read

  private LineSource(InputStream in, ImportOptions options, String fileName, boolean isDirect) {
    this.in = in;
    this.lines = new JsonLines(in, LINE_BYTES_MAX);
    this.options = options;
    this.fileName = fileName;
    this.isDirect = isDirect;
  }

  static LineSource open(Sample sample, InputStream in, ImportOptions options, String fileName)
      throws IOException {
    List<String> first = firstNames(new JsonLines(sample.stream(), LINE_BYTES_MAX));
    if (!options.maps()) {
      Optional<RecordKind> own = ownKind(first);
      if (own.isPresent() && own.get() == options.kind().orElse(own.get())) {
        return new LineSource(in, options.of(own.get()), fileName, true);
      }
    }
    RecordKind kind = Mapping.of(options, fileName, first, List.of()).kind();
    return new LineSource(in, options.of(kind), fileName, false);
  }

  /** The fields of the first line that can be read. */
  private static List<String> firstNames(JsonLines lines) throws IOException {
    KindredException problem = new InvalidRequest("the file is empty");
    while (lines.next()) {
      try {
        var names = new ArrayList<String>();
        for (var fields = lines.reader().object(); fields.next(); ) names.add(fields.name());
        return names;
      } catch (KindredException broken) {
        problem = broken;
      }
    }
    throw new InvalidRequest("no line is a JSON object: " + problem.sentence());
  }

  /** What records with these fields are, if they are as the API takes them. */
  private static Optional<RecordKind> ownKind(List<String> names) {
    boolean user = names.contains("user_id");
    boolean entity = names.contains("entity_id");
    boolean isInteraction =
        names.contains("items") || (entity && names.contains("interaction_type"));
    if (user && isInteraction) return Optional.of(RecordKind.INTERACTIONS);
    boolean isPlain = names.stream().allMatch(LineSource::isOfAnEntityOrUser);
    if (user == entity || !isPlain) return Optional.empty();
    return Optional.of(entity ? RecordKind.ENTITIES : RecordKind.USERS);
  }

  private static boolean isOfAnEntityOrUser(String name) {
    return Target.fieldsOf(RecordKind.ENTITIES).contains(name)
        || name.equals("user_id")
        || name.equals("tenant_id")
        || TOLD_BY_THE_STORE.contains("/" + name);
  }

  @Override
  public boolean next() throws IOException {
    if (newest != null) warn(newest);
    newest = null;
    return lines.next();
  }

  private void warn(JsonReader read) {
    for (String field : read.unknownFields()) {
      if (warnings.size() == ImportReport.WARNINGS_MAX) return;
      String name = field.substring(field.indexOf('/', 1) < 0 ? 0 : field.indexOf('/', 1));
      if (!TOLD_BY_THE_STORE.contains(name)) warnings.add("unknown field " + name + " is ignored");
    }
  }

  @Override
  public long line() {
    return lines.number();
  }

  @Override
  public JsonReader record() {
    JsonReader reader = lines.reader();
    if (isDirect) {
      newest = reader;
      return reader;
    }
    read(reader);
    plan().write(cells::get, json.clear());
    return JsonReader.of(json.toByteArray());
  }

  private void read(JsonReader reader) {
    names.clear();
    cells.clear();
    for (var fields = reader.object(); fields.next(); ) {
      if (names.size() == CsvReader.FIELDS_MAX) {
        throw new InvalidRequest("a record must have at most " + CsvReader.FIELDS_MAX + " fields");
      }
      names.add(fields.name());
      Kind kind = reader.kind();
      cells.add(
          switch (kind) {
            case STRING -> Cell.string(reader.string());
            case NUMBER -> Cell.number(reader.raw());
            default -> Cell.json(reader.raw());
          });
    }
  }

  private RecordPlan plan() {
    RecordPlan known = plans.get(names);
    if (known != null) return known;
    if (plans.size() == SHAPES_MAX) plans.clear();
    List<String> shape = List.copyOf(names);
    RecordPlan made = Mapping.of(options, fileName, shape, List.of());
    plans.put(shape, made);
    if (warnings.size() < ImportReport.WARNINGS_MAX) warnings.addAll(Warnings.unused(made));
    return made;
  }

  @Override
  public int bytes() {
    return lines.bytes();
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    lines.copyTo(target, offset);
  }

  @Override
  public RecordKind kind() {
    return options.kind().orElseThrow();
  }

  @Override
  public Format format() {
    return Format.NDJSON;
  }

  @Override
  public List<String> described() {
    if (isDirect) return List.of("the fields are the API's own");
    return plans.values().stream()
        .limit(1)
        .flatMap(plan -> plan.steps().stream())
        .map(Object::toString)
        .toList();
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
