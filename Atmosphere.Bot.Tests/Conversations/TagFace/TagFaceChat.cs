using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

/// <summary>A bot whose questions are the test's, with a colleague at the other end, or two.</summary>
internal sealed class TagFaceChat : IAsyncDisposable
{
    private readonly List<BotFrameworkChat> _chats = [];
    private int _said;

    public PlayedQuestions Questions { get; } = new() { Picture = TranscriptFiles.Read("picture.jpg") };

    public TestClock Clock { get; } = new();

    public BotServer Server { get; private set; } = null!;

    public GroupId Class { get; private set; }

    public Suggestion Maya { get; } = new(new PersonId("maya"), "Maya", 63.7f);

    public Suggestion Noa { get; } = new(new PersonId("noa"), "Noa", null);

    public static async Task<TagFaceChat> StartAsync()
    {
        var chat = new TagFaceChat();
        chat.Server = await BotServer.StartAsync(
            services => services.AddSingleton<TimeProvider>(chat.Clock).AddSingleton<IQuestions>(chat.Questions).AddSingleton<IFaceTags>(chat.Questions),
            ("Atmosphere:Timers:registrations:Enabled", "false"), ("Atmosphere:Timers:retention:Enabled", "false"));
        chat.Class = new GroupId((await chat.Server.QueryAsync<string>("SELECT id FROM groups"))!);
        chat.Questions.Persons.AddRange([chat.Maya, chat.Noa]);
        return chat;
    }

    /// <summary>Stores the photo and the face of a question: only a stored face is shown.</summary>
    public Task StoreAsync(QuestionView question) => Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
    {
        var ids = new { photo = question.Photo, face = question.Face, group = question.Group };
        await session.ExecuteAsync(
            "INSERT INTO photos (id, group_id, source_id, state, file_name, received_at) VALUES (@photo, @group, 'played', 'processed', 'played.jpg', 1)", ids);
        await session.ExecuteAsync(
            "INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict) VALUES (@face, @photo, 0, 0, 1, 1, 1, 'undecided')", ids);
    });

    /// <summary>Somebody opens a chat.</summary>
    public async Task<BotFrameworkChat> OpenAsync()
    {
        var chat = await BotFrameworkChat.StartAsync(Server);
        _chats.Add(chat);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        return chat;
    }

    /// <param name="bubbles">How many are waited for.</param>
    /// <returns>Their words and pictures, and the buttons of the last one.</returns>
    public async Task<TranscriptLine> SayAsync(BotFrameworkChat chat, string text, int bubbles = 1)
    {
        await chat.SayAsync($"said-{++_said}", text, []);
        var heard = await chat.HearAsync();
        for (var more = 1; more < bubbles; more++)
        {
            var next = await chat.HearAsync();
            heard = next with { Text = $"{heard.Text}\n\n{next.Text}", Attachments = [.. heard.Attachments, .. next.Attachments] };
        }

        return heard;
    }

    public static string Button(string label, string question) => QuestionNumber.Button(label, new QuestionId(question));

    public Task<int> ExecuteAsync(string sql) => Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));

    public Task<long> CountAsync(string rows) => Server.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    public async ValueTask DisposeAsync()
    {
        foreach (var chat in _chats)
            await chat.DisposeAsync();
        await Server.DisposeAsync();
    }
}
