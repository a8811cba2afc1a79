using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>Who opted out is sent nothing that they did not ask for: every sentence that the program has is tried.</summary>
public sealed class AfterStop : IAsyncLifetime
{
    private static readonly ParticipantId _mother = new("mother");
    private BotServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO direct_line_conversations (id, created_at) VALUES ('chat', 0);
            INSERT INTO participants (id, channel, address, reference, language, created_at, stopped_at) VALUES ('mother', 'directline', 'chat', '{}', 'en', 0, 1);
            """));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task No_notice_of_any_text_reaches_them()
    {
        var sentences = Sentences.Load(Dialogs.Folder, "en");
        foreach (var text in sentences.Keys)
            Assert.Equal(SendOutcome.Refused, await SendAsync(sentences, text, askedFor: false));
        Assert.Equal(0, await _server.QueryAsync<int>("SELECT COUNT(*) FROM direct_line_activities"));
    }

    [Fact]
    public async Task What_they_asked_for_themselves_reaches_them()
    {
        Assert.Equal(SendOutcome.Sent, await SendAsync(Sentences.Load(Dialogs.Folder, "en"), "photo.failed", askedFor: true));
        Assert.Equal(1, await _server.QueryAsync<int>("SELECT COUNT(*) FROM direct_line_activities"));
    }

    private Task<SendOutcome> SendAsync(Sentences sentences, string text, bool askedFor)
    {
        var values = sentences.PlaceholdersOf(text).ToDictionary(name => name, name => name);
        return _server.Services.GetRequiredService<IParents>().SendAsync(
            new ParentNotice(new DeliveryId($"try-{text}"), _mother, text, values, null) { AskedFor = askedFor }, default);
    }
}
