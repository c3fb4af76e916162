package dev.kindred.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says: a status, and a body in one piece or written bit by bit. Immutable; the
 * {@code with}-like methods return changed copies.
 */
public final class Answer {

  static final String JSON = "application/json";
  static final String PROBLEM_JSON = "application/problem+json";
  static final long NO_POSITION = -1;

  private static final byte[] NOTHING = {};
  private static final Answer NO_CONTENT =
      new Answer(204, "", NOTHING, null, List.of(), NO_POSITION);

  private final int status;
  private final String contentType;
  private final byte[] body;
  // Null where the body is in one piece.
  private final @Nullable BodyWriter writer;
  private final List<HeaderLine> headers;
  private final long position;

  /** Writes a body of any length in constant memory. */
  @FunctionalInterface
  public interface BodyWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  record HeaderLine(String name, String value) {}

  private Answer(
      int status,
      String contentType,
      byte[] body,
      @Nullable BodyWriter writer,
      List<HeaderLine> headers,
      long position) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.writer = writer;
    this.headers = headers;
    this.position = position;
  }

  /** 200 with JSON in UTF-8. The array is not copied. */
  public static Answer ok(byte[] json) {
    return json(200, json);
  }

  /** 201 with JSON in UTF-8. The array is not copied. */
  public static Answer created(byte[] json) {
    return json(201, json);
  }

  /** 202 with JSON in UTF-8, and the place where the result is to be found. */
  public static Answer accepted(byte[] json, String location) {
    return json(202, json).with("Location", location);
  }

  /** 204. */
  public static Answer noContent() {
    return NO_CONTENT;
  }

  public static Answer json(int status, byte[] json) {
    return of(status, JSON, json);
  }

  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, null, List.of(), NO_POSITION);
  }

  /** 200 with a body that is written while it is sent. */
  public static Answer stream(String contentType, BodyWriter writer) {
    return new Answer(200, contentType, NOTHING, writer, List.of(), NO_POSITION);
  }

  /** The same answer with one more header; the value must be visible ASCII. */
  public Answer with(String header, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException("header " + header + " must be visible ASCII");
      }
    }
    var more = new ArrayList<>(headers);
    more.add(new HeaderLine(header, value));
    return new Answer(status, contentType, body, writer, List.copyOf(more), position);
  }

  /** The same answer to a write that is at this position of the log, or a read as of it. */
  public Answer at(long position) {
    return new Answer(status, contentType, body, writer, headers, position);
  }

  public int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  /** The bytes themselves, not a copy. */
  byte[] body() {
    return body;
  }

  @Nullable BodyWriter writer() {
    return writer;
  }

  List<HeaderLine> headers() {
    return headers;
  }

  /** The position of the write that this answers, or of what was read, or {@link #NO_POSITION}. */
  long position() {
    return position;
  }
}
