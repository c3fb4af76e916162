package dev.kindred.http;

import java.util.Optional;

/**
 * A part of the system that can be asked how it is.
 *
 * @param needed whether the server cannot serve without it
 * @param check says what is wrong, if anything; may take a moment and may throw
 */
public record Component(String name, boolean needed, Check check) {

  /** Asks a part how it is. */
  @FunctionalInterface
  public interface Check {
    Optional<String> problem() throws Exception;
  }
}
