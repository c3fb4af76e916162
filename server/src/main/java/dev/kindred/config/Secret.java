package dev.kindred.config;

import java.util.regex.Pattern;

/** A text that must not show in logs, answers or messages: printed, its secret part is masked. */
public record Secret(String value) {

  private static final String MASK = "****";
  private static final Pattern PASSWORD_IN_AUTHORITY =
      Pattern.compile("(?<=://)([^/?#@:]*):[^/?#]*@");
  private static final Pattern PASSWORD_IN_QUERY =
      Pattern.compile("(?i)([?&][^=&]*password[^=&]*)=[^&]*");

  /** The text with what is secret in it masked: all of it, or the passwords of an address. */
  @Override
  public String toString() {
    boolean isAddress = value.contains("://") || value.startsWith("sqlite:");
    if (!isAddress) return MASK;
    String masked = PASSWORD_IN_AUTHORITY.matcher(value).replaceAll("$1:" + MASK + "@");
    return PASSWORD_IN_QUERY.matcher(masked).replaceAll("$1=" + MASK);
  }
}
