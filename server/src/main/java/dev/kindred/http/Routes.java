package dev.kindred.http;

import dev.kindred.http.Route.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every route there is, and which of them a path means.
 *
 * <p>A path is cut at its slashes first and decoded after, so that an id may hold any character. A
 * literal segment goes before a parameter, and a trailing slash counts for nothing.
 */
public final class Routes {

  private static final int SEGMENTS_MAX = 16;

  private final List<Route> all;
  private final Node root = new Node();

  public Routes(List<Route> routes) {
    all = List.copyOf(routes);
    for (int i = 0; i < all.size(); i++) add(i, all.get(i));
  }

  /** In the order in which they were given. */
  public List<Route> all() {
    return all;
  }

  /**
   * What a path means under a method.
   *
   * @param values the values of the route's parameters, decoded, from left to right
   */
  record Match(Target target, String[] values) {}

  /** A route with its place among all of them and the names of its parameters. */
  record Target(int index, Route route, List<String> parameters) {}

  Optional<Match> find(Method method, String rawPath) {
    return Optional.ofNullable(match(method, segments(rawPath)));
  }

  /** The methods that a path can be asked with; none where nothing is there. */
  Set<Method> methods(String rawPath) {
    List<String> segments = segments(rawPath);
    Set<Method> methods = EnumSet.noneOf(Method.class);
    for (Method method : Method.values()) {
      if (match(method, segments) != null) methods.add(method);
    }
    return methods;
  }

  private @Nullable Match match(Method method, List<String> segments) {
    if (segments.size() > SEGMENTS_MAX) return null;
    var values = new ArrayList<String>(4);
    Target target = root.find(method, segments, 0, values);
    return target == null ? null : new Match(target, values.toArray(String[]::new));
  }

  private static List<String> segments(String rawPath) {
    int end = rawPath.length();
    if (end > 1 && rawPath.charAt(end - 1) == '/') end--;
    var segments = new ArrayList<String>(8);
    int from = rawPath.startsWith("/") ? 1 : 0;
    while (from < end && segments.size() <= SEGMENTS_MAX) {
      int slash = rawPath.indexOf('/', from, end);
      int to = slash < 0 ? end : slash;
      segments.add(Percent.decodePath(rawPath, from, to));
      from = to + 1;
    }
    return segments;
  }

  private void add(int index, Route route) {
    Node node = root;
    for (String segment : route.template().substring(1).split("/", -1)) {
      if (Route.isParameter(segment)) {
        if (node.parameter == null) node.parameter = new Node();
        node = node.parameter;
      } else if (!segment.isEmpty()) {
        node = node.literals.computeIfAbsent(segment, _ -> new Node());
      }
    }
    var target = new Target(index, route, route.parameters());
    if (node.targets.put(route.method(), target) != null) {
      throw new IllegalArgumentException("two routes for " + route);
    }
  }

  /** A place in the tree of segments. */
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    // Null where no template has a parameter here.
    @Nullable Node parameter;
    final Map<Method, Target> targets = new EnumMap<>(Method.class);

    @Nullable Target find(Method method, List<String> segments, int at, List<String> values) {
      if (at == segments.size()) return targets.get(method);
      String segment = segments.get(at);
      Node literal = literals.get(segment);
      if (literal != null) {
        Target target = literal.find(method, segments, at + 1, values);
        if (target != null) return target;
      }
      if (parameter == null || segment.isEmpty()) return null;
      int mark = values.size();
      values.add(segment);
      Target target = parameter.find(method, segments, at + 1, values);
      if (target == null) values.subList(mark, values.size()).clear();
      return target;
    }
  }
}
