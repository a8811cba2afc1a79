using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Texts;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Understands what a parent did, drives the machine with it and collects what comes of it. Changes nothing itself.</summary>
internal sealed partial class ConnectPersonConversation(Sentences sentences, Words words, IEnrolmentPhotos photos, IMediaStore media)
{
    /// <param name="state">What the last turn left; null at the first.</param>
    /// <param name="files">The message's files.</param>
    /// <param name="children">Who is registered by the parent.</param>
    public async Task<ConnectPersonOutcome> RunAsync(
        string? state, Incoming incoming, IReadOnlyList<ReceivedFile> files, IReadOnlyList<RegisteredPerson> children, CancellationToken cancellation)
    {
        var draft = state is null ? new ConnectPersonDraft() : JsonSerializer.Deserialize<ConnectPersonDraft>(state, JsonSerializerOptions.Web)!;
        var speech = new Speech(sentences);
        var turn = new ConnectPersonTurn(draft, speech, children, new ConnectPersonPictures(photos, media, cancellation)) { IsFirst = state is null };
        var machine = ConnectPersonMachine.Create(turn);
        var looker = new ConnectPersonPhotos(photos, cancellation);

        await turn.DropExpiredAsync(media, cancellation);
        var wasAskingName = draft.State == ConnectState.AskName;
        if (files.Count > 0)
            await machine.FireAsync(TakeFiles(turn, speech, files));
        await LookAsync();

        // A photo's caption is a name or a command; anything else about a photo needs no answer of its own.
        if (files.Count == 0 || wasAskingName || words.Find(incoming.Text) is not null)
        {
            var trigger = incoming.Kind == IncomingKind.Joined ? ConnectTrigger.Hello : await UnderstandAsync(turn, incoming.Text, children, looker);
            if (files.Count == 0 || incoming.Text.Length > 0)
                await machine.FireAsync(machine.CanFire(trigger) ? trigger : Fallback(incoming));
            await LookAsync();
        }

        var reply = speech.ToReply();
        return new ConnectPersonOutcome(
            JsonSerializer.Serialize(turn.Draft, JsonSerializerOptions.Web), reply is null ? [] : [reply], turn.Discarded, [.. turn.Draft.Media()], turn.Registered);

        async Task LookAsync()
        {
            while (machine.State == ConnectState.AskPhotos && turn.Draft.Waiting.Count > 0)
                await machine.FireAsync(await looker.LookAtNextAsync(turn));
        }
    }

    /// <summary>Who opens the chat again is asked the open question again, without a remark.</summary>
    private static ConnectTrigger Fallback(Incoming incoming) =>
        incoming.Kind == IncomingKind.Joined ? ConnectTrigger.Unreadable : ConnectTrigger.Unclear;

    private static ConnectTrigger TakeFiles(ConnectPersonTurn turn, Speech speech, IReadOnlyList<ReceivedFile> files)
    {
        var taken = 0;
        foreach (var file in files)
        {
            if (file.Photo is not { } photo)
            {
                speech.Say(file.Problem!, ("file", file.Name));
                continue;
            }

            if (turn.Draft.PhotosAtMost >= ConnectPersonDraft.MostPhotos)
            {
                turn.Discard(photo);
                speech.Say("connect-person.too-many-photos", ("file", file.Name));
                continue;
            }

            turn.Draft.Waiting.Add(new WaitingPhoto(photo, file.Name));
            taken++;
        }

        return taken > 0 ? ConnectTrigger.Photo : ConnectTrigger.Unreadable;
    }

    private async Task<ConnectTrigger> UnderstandAsync(
        ConnectPersonTurn turn, string text, IReadOnlyList<RegisteredPerson> children, ConnectPersonPhotos looker)
    {
        var draft = turn.Draft;
        var word = words.Find(text);
        if (draft.State == ConnectState.AskWhichFace && word is null or Word.None or Word.No && draft.Current is { } photo)
        {
            if (word is not null)
                return ConnectTrigger.NotInPhoto;
            if (NumberIn(text) is not { } number || number < 1 || number > photo.Faces.Count)
                return ConnectTrigger.Unclear;
            draft.Current = photo with { Chosen = number - 1 };
            return await looker.JudgeAsync(turn);
        }

        return word switch
        {
            Word.Hello => ConnectTrigger.Hello,
            Word.AddChild => ConnectTrigger.AddChild,
            Word.MyChildren => ConnectTrigger.MyChildren,
            Word.Help => ConnectTrigger.Help,
            Word.Cancel => ConnectTrigger.Cancel,
            Word.Back => ConnectTrigger.Back,
            Word.Done => ConnectTrigger.Done,
            Word.Yes => ConnectTrigger.Yes,
            Word.No => ConnectTrigger.No,
            null when draft.State == ConnectState.AskName => TakeName(turn, text, children),
            null when turn.IsFirst => ConnectTrigger.Hello,
            _ => ConnectTrigger.Unclear,
        };
    }

    private static ConnectTrigger TakeName(ConnectPersonTurn turn, string text, IReadOnlyList<RegisteredPerson> children)
    {
        var name = ChildName.Parse(text, out var problem);
        if (name is null)
        {
            turn.Problem = problem!;
            return ConnectTrigger.NameRefused;
        }

        turn.Draft.Name = name;
        var isKnown = children.Any(child => child.State != "failed" && ChildName.AreSame(child.Name, name));
        return isKnown ? ConnectTrigger.NameKnown : ConnectTrigger.NameGiven;
    }

    private static int? NumberIn(string text) =>
        Number().Matches(text) is [var only] && int.TryParse(only.Value, out var number) ? number : null;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}

/// <param name="State">For the next turn.</param>
/// <param name="Replies">What the bot says now.</param>
/// <param name="Discarded">Files that are needed no more.</param>
/// <param name="Kept">Files that the conversation holds on to.</param>
/// <param name="Registered">The child that its parent agreed to register.</param>
internal sealed record ConnectPersonOutcome(
    string State, IReadOnlyList<Reply> Replies, IReadOnlyList<MediaKey> Discarded, IReadOnlyList<MediaKey> Kept, NewChild? Registered);
