using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Codes;

/// <summary>Handles the codes of one kind when they are typed in a private chat.</summary>
internal interface ICodeUse
{
    CodeKind Kind { get; }

    /// <summary>Whether the user of a code may type it once more.</summary>
    Task<bool> IsOpenAgainAsync(Turn turn, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Answers, and redeems the code in the turn's changes.</summary>
    Task AnswerAsync(Turn turn, Code code, CancellationToken cancellation);
}
