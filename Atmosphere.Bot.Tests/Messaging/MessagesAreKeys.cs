using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>Messages carry keys: whatever a queue or a dead letter keeps must not be a picture, a vector or a person's name.</summary>
public sealed class MessagesAreKeys
{
    private static readonly Type[] _plain = [typeof(string), typeof(int), typeof(long), typeof(bool), typeof(DateTimeOffset), typeof(TimeSpan)];

    public static TheoryData<Type> AllMessages() =>
        [.. new[] { typeof(IMessage).Assembly, typeof(Program).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(IMessage)) && !type.IsInterface)];

    [Theory]
    [MemberData(nameof(AllMessages))]
    public void Every_message_is_a_sealed_record_of_keys(Type message)
    {
        Assert.True(message.IsSealed, $"{message.Name} is not sealed.");
        Assert.NotNull(message.GetMethod("<Clone>$"));
        Assert.All(
            message.GetProperties().Where(property => property.Name != nameof(IMessage.OrderKey)),
            property => Assert.True(IsKey(property.PropertyType), $"{message.Name}.{property.Name} is a {property.PropertyType.Name}, not a key."));
        Assert.DoesNotContain(message.GetProperties(), property => property.Name is "Text" || property.Name.EndsWith("Name", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllMessages))]
    public void A_message_comes_out_of_the_queue_as_it_went_in(Type type)
    {
        var constructor = type.GetConstructors().Single(candidate => candidate.GetParameters() is not [{ } only] || only.ParameterType != type);
        var message = (IMessage)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Example(parameter.ParameterType))]);

        var again = MessageJson.Read(MessageJson.Write(message), type);
        Assert.IsType(type, again);
        Assert.Equal(MessageJson.Write(message), MessageJson.Write(again));
        if (constructor.GetParameters().Length > 0)
            Assert.Throws<HopelessException>(() => MessageJson.Read("{}", type));
    }

    private static bool IsKey(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? ElementOf(type)) is { } inner
            ? IsKey(inner)
            : TextIds.IsTextId(type) || type.IsEnum || _plain.Contains(type);

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static object? Example(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return "é \"quoted\"";
        if (ElementOf(plain) is { } element)
            return Array.CreateInstance(element, 0);
        return TextIds.IsTextId(plain) ? Activator.CreateInstance(plain, "id-1") : Activator.CreateInstance(plain);
    }
}
