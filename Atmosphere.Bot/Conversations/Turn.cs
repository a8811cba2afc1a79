using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>
/// One message while it is answered: the input, and the intended results. Nothing takes effect before the turn is committed.
/// </summary>
/// <param name="participant">The sender.</param>
/// <param name="key">The conversation.</param>
/// <param name="languages">All supported languages.</param>
/// <param name="incoming">The message.</param>
/// <param name="files">Its files.</param>
/// <param name="children">The children that the sender guards, oldest first.</param>
internal sealed class Turn(
    Participant participant, ConversationKey key, Languages languages, IncomingMessage incoming, IReadOnlyList<ReceivedFile> files,
    IReadOnlyList<RegisteredPerson> children)
{
    private readonly List<Func<Session, IOutbox, Task>> _changes = [];
    private readonly List<Reply> _replies = [];
    private readonly List<MediaKey> _discarded = [];
    private readonly List<MediaKey> _kept = [];
    private readonly List<MediaKey> _handedOver = [];

    // Every dialog asks for it, some of them several times.
    private (Language Language, string Text, Word? Word)? _word;

    public Participant Participant => participant;

    public ConversationKey Key => key;

    public IncomingMessage Incoming { get; private set; } = incoming;

    public IReadOnlyList<ReceivedFile> Files { get; private set; } = files;

    public IReadOnlyList<RegisteredPerson> Children => children;

    /// <summary>The language that the answer is in; the <c>language</c> conversation changes it for its own answer.</summary>
    public Language Language { get; set; } = languages.Of(participant.Language);

    /// <summary>Nobody was answered yet in this conversation, or only in a language that turns out not to be theirs.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The conversation that is open: its folder in dialogs/.</summary>
    public string Dialog { get; init; } = "";

    /// <summary>Another dialog is open and waits for an answer meanwhile.</summary>
    public bool IsAside { get; set; }

    /// <summary>The texts of the buttons of the last question.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>The typed or tapped text as a command word; null if it is none.</summary>
    public Word? Word
    {
        get
        {
            if (_word is not { } known || known.Language != Language || known.Text != Incoming.Text)
                _word = known = (Language, Incoming.Text, languages.Find(Language, Incoming.Text));
            return known.Word;
        }
    }

    /// <summary>What the text is a code for, as far as one was ever given out, used or not; null: it is none.</summary>
    public CodeKind? Code { get; init; }

    /// <summary>They typed many codes that are none: for a while none is looked up.</summary>
    public bool HasGuessedTooOften { get; init; }

    /// <summary>The conversation has nothing for this participant: it is as if there were none.</summary>
    public bool IsLeftToOthers { get; set; }

    /// <summary>With the end of this conversation a registration begins; null: none.</summary>
    public InvitedChild? Registers { get; set; }

    /// <summary>A registration begins and answers the turn.</summary>
    public bool BeginsRegistration { get; set; }

    /// <summary>JSON that the conversation left at its last turn; what it leaves now. Null: it is not begun, or has ended.</summary>
    public string? State { get; set; }

    /// <summary>Collects the answer into one bubble.</summary>
    public Speech Speech => field ??= new Speech(Language);

    /// <summary>Everything that is said: bubbles of their own first, then <see cref="Speech"/>.</summary>
    public IReadOnlyList<Reply> Replies => Speech.ToReply() is { } last ? [.. _replies, .. Speech.Shown, last] : [.. _replies, .. Speech.Shown];

    /// <summary>The changes of the turn, in order, in its one transaction.</summary>
    public IReadOnlyList<Func<Session, IOutbox, Task>> Changes => _changes;

    /// <summary>Files to delete after the turn is committed.</summary>
    public IReadOnlyList<MediaKey> Discarded => _discarded;

    /// <summary>Files that the conversation keeps.</summary>
    public IReadOnlyList<MediaKey> Kept => _kept;

    /// <summary>Files that have a new owner, such as a registration.</summary>
    public IReadOnlyList<MediaKey> HandedOver => _handedOver;

    /// <summary>A text that begins with one of these words and goes on, such as "remove Maya"; not one that is a word itself, such as "delete everything".</summary>
    public (Word Word, string After)? Split(params Word[] among) =>
        Word is null && languages.Split(Language, Incoming.Text, among) is { } split ? (split.Word, PastedText.Unquoted(split.After)) : null;

    /// <summary>A word that steers, in part of what was typed.</summary>
    public Word? WordOf(string text) => languages.Find(Language, text);

    public void Change(Func<Session, IOutbox, Task> change) => _changes.Add(change);

    public void Discard(IEnumerable<MediaKey> media) => _discarded.AddRange(media);

    public void Keep(IEnumerable<MediaKey> media) => _kept.AddRange(media);

    /// <summary>The caller's changes write down who takes care of the files; here they are only let go.</summary>
    public void HandOver(IEnumerable<MediaKey> media)
    {
        foreach (var key in media)
        {
            _handedOver.Add(key);
            _changes.Add((session, _) => Uploads.RemoveAsync(session, key));
        }
    }

    /// <summary>What was said is answered; from now on it is as if the chat was opened again.</summary>
    public void ForgetWords()
    {
        ForgetFiles();
        Incoming = Incoming with { Kind = IncomingKind.Joined, Text = "" };
    }

    /// <summary>The files are answered and are deleted.</summary>
    public void ForgetFiles()
    {
        Discard(Incoming.Files.Where(file => file.Media is not null).Select(file => new MediaKey(file.Media!)));
        Discard(Files.Where(file => file.Photo is not null).Select(file => file.Photo!.Value));
        (Incoming, Files) = (Incoming with { Files = [] }, []);
    }

    /// <summary>Says something in a bubble of its own, before the rest.</summary>
    public void Say(Reply reply) => _replies.Add(reply);
}
