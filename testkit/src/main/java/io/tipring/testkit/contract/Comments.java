package io.tipring.testkit.contract;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.util.DocTrees;
import io.tipring.edge.json.WireNames;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/// What comments say, in the words of the wire: a link to a record becomes its name there.
final class Comments {
  private static final Pattern LINK = Pattern.compile("\\{@link ([A-Za-z]+)[.#]([A-Za-z]+)}");
  private static final Pattern NAME = Pattern.compile("`([A-Z]?[a-z]+(?:[A-Z][a-z]+)*)`");

  private final DocTrees trees;

  Comments(DocTrees trees) {
    this.trees = trees;
  }

  /// The text of an element; empty when it has none.
  String text(Element element) {
    DocCommentTree comment = trees.getDocCommentTree(element);
    return comment == null ? "" : plain(comment.getFullBody());
  }

  /// What is said of a component of a record.
  String parameter(Element type, String name) {
    @Nullable DocCommentTree comment = trees.getDocCommentTree(type);
    if (comment == null) {
      return "";
    }
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree parameter && parameter.getName().getName().contentEquals(name)) {
        return plain(parameter.getDescription());
      }
    }
    return "";
  }

  private static String plain(List<? extends DocTree> body) {
    String text =
        body.stream()
            .map(part -> part instanceof RawTextTree raw ? raw.getContent() : part.toString())
            .collect(Collectors.joining())
            .replaceAll("\\s+", " ")
            .strip();
    text = LINK.matcher(text).replaceAll(link -> "`" + wire(link.group(1), link.group(2)) + "`");
    return NAME.matcher(text)
        .replaceAll(name -> Matcher.quoteReplacement("`" + WireNames.snake(name.group(1)) + "`"));
  }

  private static String wire(String family, String name) {
    return family.equals("Event") ? WireNames.dotted(name) : WireNames.snake(name);
  }
}
