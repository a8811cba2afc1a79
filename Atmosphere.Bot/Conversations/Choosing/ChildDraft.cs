using System.Text.Json;
using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>The persistent state of a conversation about one child.</summary>
/// <typeparam name="TState">The states; the first is that of a closed conversation.</typeparam>
internal sealed class ChildDraft<TState>
    where TState : struct, Enum
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<TState>() } };

    public TState State { get; set; }

    /// <summary>The child asked about; an id that no longer exists is answered as unknown.</summary>
    public string? Person { get; set; }

    [JsonIgnore]
    public PersonId? Chosen => Person is null ? null : new PersonId(Person);

    public static ChildDraft<TState> Read(string? state) => state is null ? new() : JsonSerializer.Deserialize<ChildDraft<TState>>(state, _json)!;

    /// <returns>Null if the conversation is closed.</returns>
    public string? Write() => State.Equals(default(TState)) ? null : JsonSerializer.Serialize(this, _json);
}
