using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>The action ids of a question's buttons and lists: written when it is drawn, and parsed when Slack reports their use.</summary>
internal static partial class TagActions
{
    /// <summary>The list of all persons; an entry's value is the person's id.</summary>
    public const string Select = "tag.select";

    /// <summary>Not a person; the value is <see cref="Value(QuestionId)"/>, as for the following ones.</summary>
    public const string Nobody = "tag.nobody";

    public const string Visitor = "tag.visitor";

    public const string CannotTell = "tag.cannot-tell";

    /// <summary>Opens the form for an unregistered person.</summary>
    public const string New = "tag.new";

    /// <summary>"Not Maya?"; the value is <see cref="Value(QuestionId, PersonId)"/>.</summary>
    public const string Undo = "tag.undo";

    /// <summary>A held face is the person on the left; the value is <see cref="Value(QuestionId)"/>, as for the following one.</summary>
    public const string Same = "tag.same";

    /// <summary>A held face is somebody else.</summary>
    public const string Other = "tag.other";

    private const string Suggestion = "tag.person";
    private const string QuestionBlock = "question.";

    /// <summary>A suggested person; the value is <see cref="Value(QuestionId, PersonId)"/>.</summary>
    /// <param name="number">1 to 5: Slack allows each id once per block.</param>
    public static string Person(int number) => $"{Suggestion}.{number}";

    public static string Value(QuestionId question) => question.Value;

    public static string Value(QuestionId question, PersonId person) => $"{question}|{person}";

    /// <summary>Id of the block with the list of all persons; at most one per question in a message or a view.</summary>
    public static string BlockOf(QuestionId question) => $"{QuestionBlock}{question}";

    /// <summary>The question of a block; null if it belongs to none.</summary>
    public static QuestionId? QuestionOf(string? block) =>
        block?.StartsWith(QuestionBlock, StringComparison.Ordinal) == true ? QuestionIn(block[QuestionBlock.Length..]) : null;

    /// <summary>Parses a pressed button or chosen entry; null if it is none of ours.</summary>
    /// <param name="action">The action_id.</param>
    /// <param name="block">The block_id.</param>
    /// <param name="value">The value of the button or the chosen entry.</param>
    public static TagAction? Read(string? action, string? block, string? value) => action switch
    {
        Select => QuestionOf(block) is { } question && PersonIn(value) is { } person ? new TagAction(TagActionKind.Person, question, person) : null,
        Nobody => OfQuestion(TagActionKind.Nobody, value),
        Visitor => OfQuestion(TagActionKind.Visitor, value),
        CannotTell => OfQuestion(TagActionKind.CannotTell, value),
        Same => OfQuestion(TagActionKind.Same, value),
        Other => OfQuestion(TagActionKind.Other, value),
        New => OfQuestion(TagActionKind.New, value),
        Undo => OfPerson(TagActionKind.Undo, value),
        not null when SuggestionId().IsMatch(action) => OfPerson(TagActionKind.Person, value),
        _ => null,
    };

    private static TagAction? OfQuestion(TagActionKind kind, string? value) => QuestionIn(value) is { } question ? new TagAction(kind, question, null) : null;

    private static TagAction? OfPerson(TagActionKind kind, string? value) =>
        value?.Split('|') is [var first, var second] && QuestionIn(first) is { } question && PersonIn(second) is { } person
            ? new TagAction(kind, question, person)
            : null;

    private static QuestionId? QuestionIn(string? text) => text is not null && Id().IsMatch(text) ? new QuestionId(text) : null;

    private static PersonId? PersonIn(string? text) => text is not null && Id().IsMatch(text) ? new PersonId(text) : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\Atag\.person(\.[1-5])?\z")]
    private static partial Regex SuggestionId();
}

/// <param name="Person">With <see cref="TagActionKind.Person"/> and <see cref="TagActionKind.Undo"/>.</param>
internal sealed record TagAction(TagActionKind Kind, QuestionId Question, PersonId? Person);

internal enum TagActionKind
{
    Person,
    Nobody,
    Visitor,
    CannotTell,
    New,
    Undo,
    Same,
    Other,
}
