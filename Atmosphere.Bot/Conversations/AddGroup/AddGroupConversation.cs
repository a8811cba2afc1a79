using System.Text.Json;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>Parses a teacher's answers and hands out the code.</summary>
internal sealed class AddGroupConversation(Database database, CodeTable codes) : IConversation
{
    private const int LongestName = 60;

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(24);

    public string Name => "add-group";

    public bool Begins(Turn turn) => turn.Word == Word.AddGroup && turn.Files.Count == 0;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public bool TakesAsName(Turn turn) =>
        turn is { State: { } state, Incoming.Kind: IncomingKind.Message } && Read(state).State == AddGroupState.AskName && AskedNames.Read(turn) == AskedName.Name;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new AddGroupDraft() : Read(turn.State);
        var step = new AddGroupTurn(draft, turn.Speech)
        {
            IsTeacher = await database.ReadAsync(session => Teachers.IsOneAsync(session, turn.Participant.Id), cancellation),
            Code = CodeTable.New(),
        };
        var (trigger, language) = Understand(draft, turn);
        await AddGroupMachine.Create(step).FireAsync(trigger);
        if (step.HasGivenCode)
        {
            var code = new Code(CodeKind.Group, turn.Participant.Id, null, new GroupCode(draft.Name!, language!).Write());
            turn.Change((session, _) => codes.AddAsync(session, step.Code, code, _lifetime));
        }

        turn.State = draft.State == AddGroupState.Closed ? null : JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);
    }

    private static AddGroupDraft Read(string state) => JsonSerializer.Deserialize<AddGroupDraft>(state, JsonSerializerOptions.Web)!;

    private static (AddGroupTrigger Trigger, string? Language) Understand(AddGroupDraft draft, Turn turn)
    {
        var text = turn.Incoming.Text;
        return (draft.State, turn.Word) switch
        {
            (AddGroupState.Closed, _) => (AddGroupTrigger.AddGroup, null),
            (AddGroupState.AskName, not null) when text.Trim().Length > 0 && AskedNames.Read(turn) == AskedName.Name => (TakeName(draft, text), null),
            (_, Word.Help) => (AddGroupTrigger.Help, null),
            (_, Word.Back) => (AddGroupTrigger.Back, null),
            (_, Word.Cancel) => (AddGroupTrigger.Cancel, null),
            _ when turn.Incoming.Kind == IncomingKind.Joined || text.Trim().Length == 0 => (AddGroupTrigger.Unclear, null),
            (AddGroupState.AskName, Word.AddGroup) => (AddGroupTrigger.AddGroup, null),
            (AddGroupState.AskName, _) => (TakeName(draft, text), null),
            _ when LanguageNames.Find(text) is { } code => (AddGroupTrigger.LanguageGiven, code),
            _ => (AddGroupTrigger.Unclear, null),
        };
    }

    private static AddGroupTrigger TakeName(AddGroupDraft draft, string text)
    {
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length > LongestName || name.Any(char.IsControl) || !name.Any(char.IsLetterOrDigit))
            return AddGroupTrigger.NameRefused;
        draft.Name = name;
        return AddGroupTrigger.NameGiven;
    }
}
