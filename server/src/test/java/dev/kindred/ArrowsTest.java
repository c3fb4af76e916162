package dev.kindred;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Event;
import dev.kindred.engine.Interactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code points one way. What a package may use stands in this table; it is held against every name
 * that its compiled classes mention.
 */
class ArrowsTest {

  private static final String ROOT = "dev.kindred";

  /** The root package and the commands put everything together; nothing else knows them. */
  private static final Set<String> KNOW_ALL = Set.of("", "command");

  /**
   * A package, and what it may use beside what is inside of itself. {@code trace} may be used by
   * all that are not pure.
   */
  private static final Map<String, Set<String>> MAY_USE =
      table(
          """
          domain
          engine
          trace
          breaker
          config     domain json
          json       domain
          logging    config
          store      domain json trace
          cache      domain json trace breaker
          jobs       domain json trace store
          collect    domain json trace store
          checkpoint domain trace store
          learn      domain json trace store engine checkpoint breaker
          recommend  domain json trace engine cache learn
          measure    domain json trace store engine checkpoint
          follow     domain json trace store collect
          transfer   domain json trace store collect
          webhooks   domain json trace store jobs
          activity   domain json trace store collect
          embedded   domain json store collect recommend measure
          http       domain json trace store cache jobs collect learn recommend measure follow \
                     transfer webhooks activity
          """);

  /** Nobody else knows which database or cache there is. */
  private static final Set<String> ONLY_FOR_APP = Set.of("store.jdbc", "store.memory");

  // Class names in descriptors and signatures.
  private static final Pattern NAMES = Pattern.compile("dev/kindred/[A-Za-z0-9_$/]+");

  @Test
  void every_package_uses_only_what_the_table_allows() {
    var wrong = new ArrayList<String>();
    for (var model : classes()) {
      String user = model.thisClass().asInternalName().replace('/', '.');
      String from = part(user);
      if (KNOW_ALL.contains(from)) continue;
      for (String used : namesIn(model)) {
        String to = part(used);
        if (!allowed(from, to)) wrong.add(user + " uses " + used + ": " + reason(from, to));
      }
    }
    assertThat(wrong).as("arrows against the table").isEmpty();
  }

  @Test
  void the_table_has_a_line_for_every_package() {
    var parts =
        classes().stream()
            .map(model -> part(model.thisClass().asInternalName().replace('/', '.')))
            .map(ArrowsTest::top)
            .filter(part -> !KNOW_ALL.contains(part))
            .collect(toCollection(TreeSet::new));
    assertThat(MAY_USE.keySet()).containsAll(parts);
  }

  @Test
  void an_arrow_against_the_table_is_seen() {
    assertThat(allowed("domain", "json")).isFalse();
    assertThat(allowed("recommend", "store")).isFalse();
    assertThat(allowed("http", "store.jdbc")).isFalse();
    assertThat(allowed("collect", "")).isFalse();
    assertThat(allowed("store", "store.memory")).isFalse();
    assertThat(allowed("store.memory", "store")).isTrue();
    assertThat(allowed("store.memory", "domain")).isTrue();
    assertThat(allowed("store.jdbc", "store.memory")).isFalse();
    assertThat(allowed("engine.math", "engine")).isTrue();
  }

  private static Map<String, Set<String>> table(String lines) {
    var table = new TreeMap<String, Set<String>>();
    for (String line : lines.lines().toList()) {
      var words = List.of(line.split(" +", -1));
      table.put(words.getFirst(), Set.copyOf(words.subList(1, words.size())));
    }
    return table;
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to)) return true;
    String owner = top(from);
    if (ONLY_FOR_APP.contains(to)) return false;
    String target = top(to);
    return owner.equals(target) || MAY_USE.getOrDefault(owner, Set.of()).contains(target);
  }

  private static String reason(String from, String to) {
    if (KNOW_ALL.contains(to)) return "only App, Main and the commands know the whole";
    if (ONLY_FOR_APP.contains(to)) return to + " is for App alone";
    var may = new TreeSet<>(MAY_USE.getOrDefault(top(from), Set.of()));
    return from + " may use " + (may.isEmpty() ? "nothing of ours" : String.join(", ", may));
  }

  /** The package under the root. */
  private static String part(String className) {
    String inner = className.substring(ROOT.length() + 1);
    int dot = inner.lastIndexOf('.');
    return dot < 0 ? "" : inner.substring(0, dot);
  }

  private static String top(String part) {
    int dot = part.indexOf('.');
    return dot < 0 ? part : part.substring(0, dot);
  }

  /** Every class of ours that is mentioned: called, extended, or only named in a signature. */
  private static Set<String> namesIn(ClassModel model) {
    var names = new TreeSet<String>();
    for (var entry : model.constantPool()) {
      String text =
          switch (entry) {
            case ClassEntry type -> type.asInternalName();
            case Utf8Entry utf8 -> utf8.stringValue();
            default -> "";
          };
      NAMES.matcher(text).results().forEach(found -> names.add(found.group().replace('/', '.')));
    }
    return names;
  }

  private static List<ClassModel> classes() {
    var found = new TreeMap<String, ClassModel>();
    for (var known : List.of(Event.class, Interactions.class)) {
      try (Stream<Path> files = Files.walk(folderOf(known))) {
        for (Path file : files.filter(ArrowsTest::isClass).toList()) {
          var model = ClassFile.of().parse(file);
          found.put(model.thisClass().asInternalName(), model);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(found).as("compiled classes").hasSizeGreaterThan(50);
    return List.copyOf(found.values());
  }

  private static boolean isClass(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".class") && !name.endsWith("-info.class");
  }

  private static Path folderOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
