using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Codes;

/// <summary>Handles a typed code: says what it does, or why it is no longer valid.</summary>
internal sealed class CodesConversation(Database database, CodeTable codes, IEnumerable<ICodeUse> uses) : IConversation
{
    public string Name => "codes";

    public bool Begins(Turn turn) => IsMeantAsOne(turn.Incoming.Text);

    // A name may look like a code; text with a hyphen, digit or capital letter is meant as one.
    internal static bool IsMeantAsOne(string text) =>
        CodeTable.LooksLikeOne(text) && text.Any(letter => letter == '-' || char.IsDigit(letter) || char.IsUpper(letter));

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        turn.State = null;
        if (turn.HasGuessedTooOften)
        {
            turn.Speech.Say("codes.too-many");
            return;
        }

        var known = await database.ReadAsync(session => codes.FindAsync(session, turn.Incoming.Text), cancellation);
        var use = uses.FirstOrDefault(use => use.Kind == known?.Code.Kind);
        if (known is { Code.Kind: CodeKind.Group, IsOpen: true })
            turn.Speech.Say("codes.post-in-group");
        else if (known is not null && use is not null && (known.IsOpen || await use.IsOpenAgainAsync(turn, cancellation)))
            await use.AnswerAsync(turn, known.Code, cancellation);
        else
            turn.Speech.Say("codes.unknown");
    }
}
