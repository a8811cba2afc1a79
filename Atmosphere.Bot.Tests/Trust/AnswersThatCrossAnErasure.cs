using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>An answer or a notice that was composed before an erasure and is stored after it is composed anew: it names nobody who was erased.</summary>
public sealed class AnswersThatCrossAnErasure
{
    private const string Name = "Quetzalinda";

    /// <summary>The chat of somebody who is no guardian: the erasure itself does not touch it.</summary>
    [Fact]
    public async Task An_answer_is_given_anew_without_the_name()
    {
        using var late = new LateAnswers();
        await using var chats = await TrustChats.StartAsync(late.Hold);
        var (mother, colleague) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        await chats.QuietAsync();

        await colleague.SayAsync("late", "my children", []);
        await Eventually.TrueAsync(() => late.Composed is not null, "the answer is composed");
        Assert.Contains(Name, late.Composed, StringComparison.Ordinal);
        await chats.RemoveAsync(mother, Name);
        Assert.Equal(0, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM persons"));
        late.Release();

        Assert.Equal(LateAnswers.Nobody, (await colleague.HearAsync()).Text);
        await chats.ErasedAsync();
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    /// <summary>In the place of "my children": names every registered child, and keeps its first answer back between composing and storing.</summary>
    private sealed class LateAnswers : IDisposable
    {
        public const string Nobody = "Nobody is registered.";

        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Composed { get; private set; }

        public void Hold(IServiceCollection services)
        {
            var real = services.Single(service => service.ImplementationType == typeof(MyChildrenConversation));
            services[services.IndexOf(real)] = new ServiceDescriptor(
                typeof(IConversation), provider => new NamesEverybody(this, provider.GetRequiredService<Database>()), real.Lifetime);
        }

        public void Release() => _released.TrySetResult();

        public void Dispose() => Release();

        private sealed class NamesEverybody(LateAnswers late, Database database) : IConversation
        {
            public string Name => "my-children";

            public bool Begins(Turn turn) => turn.Word == Word.MyChildren;

            public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
            {
                var names = await database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM persons"), cancellation);
                turn.Say(new Reply(names.Count == 0 ? Nobody : string.Join(", ", names), []));
                if (late.Composed is not null)
                    return;
                late.Composed = string.Join(", ", names);
                await late._released.Task.WaitAsync(cancellation);
            }
        }
    }
}
