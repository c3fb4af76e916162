package dev.kindred.command;

import dev.kindred.domain.InvalidRequest;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete our commands and their options. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(./kindred completion bash)",
      "  ./kindred completion zsh > ~/.kindred-completion && echo 'source ~/.kindred-completion' >> ~/.zshrc"
    })
public final class CompletionCommand implements Runnable {

  /** What the script does itself, before any Java. */
  private static final List<String> OF_THE_SCRIPT =
      List.of("build", "test", "services", "bench", "clients");

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new InvalidRequest("the shell must be bash or zsh, got '" + shell + "'");
    }
    CommandLine all = spec.root().commandLine();
    for (String name : OF_THE_SCRIPT) {
      if (!all.getSubcommands().containsKey(name)) all.addSubcommand(name, CommandSpec.create());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (shell.equals("zsh")) out.println("autoload -U +X compinit && compinit");
    out.println(AutoComplete.bash("kindred", all));
    out.flush();
  }
}
