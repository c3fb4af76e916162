package dev.kindred.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as people write them. */
final class DatabaseUrlTest {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:data/kindred.db", "jdbc:sqlite:data/kindred.db"})
  void a_file(String url) {
    assertThat(DatabaseUrl.parse(url))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("data/kindred.db")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:s%40crEt@db.example:5433/shop?sslmode=require",
        "postgres://ann:s%40crEt@db.example:5433/shop?sslmode=require",
        "jdbc:postgresql://db.example:5433/shop?user=ann&sslmode=require&password=s%40crEt"
      })
  void a_server_whose_password_is_never_shown(String url) {
    var parsed = (DatabaseUrl.Postgresql) DatabaseUrl.parse(url);

    assertThat(parsed.forDriver())
        .isEqualTo("jdbc:postgresql://db.example:5433/shop?sslmode=require");
    assertThat(parsed.user()).contains("ann");
    assertThat(parsed.password()).contains("s@crEt");
    assertThat(parsed.toString()).isEqualTo("postgresql://ann:***@db.example:5433/shop");
    assertThat(JdbcSettings.of(url).toString()).doesNotContain("crEt");
  }

  @Test
  void a_server_without_a_login() {
    var parsed = (DatabaseUrl.Postgresql) DatabaseUrl.parse("postgresql://[::1]/shop");
    assertThat(parsed.user()).isEqualTo(Optional.empty());
    assertThat(parsed.forDriver()).isEqualTo("jdbc:postgresql://[::1]/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:s3crEt@host/db",
        "postgresql://ann:s3crEt@/db",
        "postgresql://ann:s3crEt@host",
        "postgresql://ann:s3crEt%zz@host/db",
        "sqlite:",
        "sqlite::memory:",
        ""
      })
  void anything_else_is_refused_without_showing_it(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("s3crEt");
  }
}
