using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>"share", "share Maya": gives the parent who registered a child a code with which another parent can join.</summary>
internal sealed class ShareConversation(Database database, CodeTable codes) : IConversation
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(48);

    public string Name => "share-child";

    public bool Begins(Turn turn) => turn.Word == Word.Share || turn.Split(Word.Share) is not null;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var owned = turn.Children.Where(child => child.IsOwned && child.State != "failed").ToList();
        var wished = turn.Word == Word.Share ? null : turn.Split(Word.Share)?.After;
        var meant = wished is null ? owned : [.. owned.Where(child => NameFolding.AreSame(child.Name, ChildName.Clean(wished)))];
        if (owned.Count == 0)
            turn.Speech.Say(turn.Children.Any(child => !child.IsOwned) ? "share-child.not-yours" : "share-child.nothing-to-share");
        else if (meant.Count == 1)
            await GiveCodeAsync(turn, meant[0], cancellation);
        else
            AskWhich(turn, owned, sameName: meant.Count > 1 && meant.All(child => NameFolding.AreSame(child.Name, meant[0].Name)) ? meant[0].Name : null);
    }

    private async Task GiveCodeAsync(Turn turn, RegisteredPerson child, CancellationToken cancellation)
    {
        // A retried turn creates another code; the one that was never shown expires unused.
        var (code, older) = await database.WriteAsync(
            async session =>
            {
                var spent = await codes.SpendUnusedAsync(session, CodeKind.Share, child.Person);
                return (await codes.CreateAsync(session, new Code(CodeKind.Share, turn.Participant.Id, child.Person, "{}"), _lifetime), spent);
            },
            cancellation);
        turn.Speech.Say("share-child.code", ("name", child.Name), ("code", code));
        if (older > 0)
            turn.Speech.Say("share-child.older-code-over", ("name", child.Name));
    }

    private static void AskWhich(Turn turn, IReadOnlyList<RegisteredPerson> children, string? sameName)
    {
        var names = children.Select(child => child.Name).Distinct().ToList();
        if (sameName is not null)
        {
            turn.Speech.Say("share-child.same-names", ("name", sameName));
            return;
        }

        turn.Speech.Say("share-child.which", ("names", string.Join(", ", names)), ("name", names[0]));
        var share = turn.Language.Words.ButtonOf(Word.Share);
        if (names.Count > 1)
            turn.Speech.AskChoice("common.menu", [.. names.Select(name => $"{share} {name}")], []);
    }
}
