package dev.kindred.recommend;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Reasons as sentences for people, from a catalogue of messages that can be translated. */
final class Sentences {
  private static final ResourceBundle CATALOGUE =
      ResourceBundle.getBundle("dev.kindred.recommend.sentences", Locale.ENGLISH);

  private Sentences() {}

  /**
   * @param because what people call the thing that carried the item most
   */
  static String of(Reason reason, Optional<String> because, int takers) {
    String key = reason.word() + (because.isPresent() ? ".because" : "");
    String pattern = CATALOGUE.getString(key);
    return new MessageFormat(pattern, Locale.ENGLISH)
        .format(new Object[] {because.orElse(""), takers});
  }
}
